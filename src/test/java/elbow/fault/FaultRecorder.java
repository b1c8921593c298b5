package elbow.fault;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestWatcher;

/** Records what comes of every test of a {@link Fault}, once all tests of its class are through. */
final class FaultRecorder implements TestWatcher, ParameterResolver {
    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(FaultRecorder.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Seen.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return records(context).seen.computeIfAbsent(context.getUniqueId(), id -> new Seen());
    }

    @Override
    public void testSuccessful(ExtensionContext context) {
        records(context).of(context, (records, record) -> record.withHeld(records.sentences(context)));
    }

    @Override
    public void testFailed(ExtensionContext context, Throwable cause) {
        records(context).of(context, (records, record) -> record.withFailed());
    }

    @Override
    public void testAborted(ExtensionContext context, Throwable cause) {
        records(context).of(context, (records, record) -> record.withSkipped());
    }

    @Override
    public void testDisabled(ExtensionContext context, Optional<String> reason) {
        records(context).of(context, (records, record) -> record.withSkipped());
    }

    // In the store of the class, which outlives all invocations.
    private static Records records(ExtensionContext context) {
        ExtensionContext ofClass = context;
        while (ofClass.getTestMethod().isPresent()) {
            ofClass = ofClass.getParent().orElseThrow();
        }
        return ofClass.getStore(NAMESPACE).getOrComputeIfAbsent(Records.class, key -> new Records(), Records.class);
    }

    private interface Change {
        FaultRecord of(Records records, FaultRecord former);
    }

    private static final class Records implements AutoCloseable {
        private final Map<String, Seen> seen = new ConcurrentHashMap<>();
        private final Map<String, FaultRecord> records = new ConcurrentHashMap<>();

        void of(ExtensionContext context, Change change) {
            String test = FaultRow.nameOf(context.getRequiredTestMethod());
            records.compute(test, (name, former) -> change.of(this, former == null ? new FaultRecord(test) : former));
        }

        List<String> sentences(ExtensionContext context) {
            Seen said = seen.get(context.getUniqueId());
            return said == null ? List.of() : said.sentences();
        }

        @Override
        public void close() throws IOException {
            for (FaultRecord record : records.values()) {
                record.write();
            }
        }
    }
}
