/**
 * Networks of groups of rows: each the pooled network trained on with the rows of its group alone, where they are, many
 * at once in one job; kept where the group's held-out rows say that it is better.
 *
 * <p>What becomes of a group depends on its rows, the pooled network and the seed alone: not on other groups, files,
 * partitions or executors.
 */
@NullMarked
package elbow.train.group;

import org.jspecify.annotations.NullMarked;
