/**
 * What tells that scored rows are not like those of training, so that their scores may not mean what they seem to.
 *
 * <p>Everything is found in what {@link elbow.score} counts while it scores. A new alarm is a kind of
 * {@link elbow.score.alarm.Alarm}, and is found by {@link elbow.score.alarm.AlarmCheck}.
 */
@NullMarked
package elbow.score.alarm;

import org.jspecify.annotations.NullMarked;
