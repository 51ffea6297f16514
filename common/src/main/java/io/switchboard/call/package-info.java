/**
 * The vocabulary of calls and the fold that makes a call of its events.
 *
 * <p>Glossary, one word for one thing everywhere in this project: an <em>event</em> is a fact · a <em>delivery</em> an HTTP
 * request that carries events · a <em>record</em> a Kafka record · a <em>call record</em> the provider's own summary of an
 * ended call, as {@code GET /calls} lists it · a <em>row</em> a Postgres row · a <em>view</em> state folded from events · a
 * <em>position</em> a partition and the next offset · a <em>cursor</em> where a reader of a list stands · a <em>page</em> a
 * slice of a list · an <em>agent</em> a person who answers calls · a <em>leg</em> one extension's part in a call · the
 * <em>dialler</em> the extension that placed an outgoing call.
 *
 * <p>Invariant: a call is a pure function of the <em>set</em> of events known about it. Any order, any repetition gives the
 * same call. Start at {@code CallFold}.
 */
@NullMarked
package io.switchboard.call;

import org.jspecify.annotations.NullMarked;
