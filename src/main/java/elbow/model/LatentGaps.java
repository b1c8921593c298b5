package elbow.model;

import java.util.Optional;

/**
 * How far what latents are drawn from is from what the posteriors of held-out rows add up to.
 *
 * @param prior the gap of the prior
 * @param fitted that of the density which takes its place where rows are made; empty: nothing does
 * @param words which of them is drawn from and why, in a sentence
 */
public record LatentGaps(LatentGap prior, Optional<LatentGap> fitted, String words) {}
