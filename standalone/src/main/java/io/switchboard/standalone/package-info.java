/**
 * The command line and the system on one machine: every service in one JVM, on an embedded Kafka and PostgreSQL.
 *
 * <p>Invariants: what stands in the way of a start is told in one line, without a stack trace, before anything listens;
 * a signal stops everything in the reverse order of its start, with exit code 0, within ten seconds; `--fresh` deletes
 * only what Switchboard made.
 *
 * <p>Start at {@link io.switchboard.standalone.SwitchboardMain}; {@link io.switchboard.standalone.Services} is the table
 * of what each command runs.
 */
@NullMarked
package io.switchboard.standalone;

import org.jspecify.annotations.NullMarked;
