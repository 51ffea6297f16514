/** stub */
@org.jspecify.annotations.NullMarked
package io.switchboard.poller.reconcile;
