/** The provider's client under test: its readers by sample and table, its conversations against a server that misbehaves. */
@NullMarked
package io.switchboard.poller.provider;

import org.jspecify.annotations.NullMarked;
