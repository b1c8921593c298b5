/**
 * Signatures of models: who made one, where digests say only that it is whole. Keys and certificates are the JDK's,
 * from PKCS12 keystores; nothing else is needed.
 *
 * <pre>
 * SignedFiles      what is signed: the names and digests of all files of a directory
 * ModelSignature   a signature with its certificates, and the file that it stands in
 * SigningKey       signs
 * TrustStore       whose signatures count
 * RequiredSignature which trust stores a run requires, and whether a model satisfies them
 * KeystoreFile     opens both kinds of stores; where their passwords come from
 * </pre>
 *
 * <p>What may not change: the text that is signed ({@code SignedFiles}), for older signatures must go on to hold. A
 * verified model has no file that is not signed, so that nothing of it is read that is not.
 */
@NullMarked
package elbow.signature;

import org.jspecify.annotations.NullMarked;
