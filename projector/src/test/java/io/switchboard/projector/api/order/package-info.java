/** Orders decided without a server. Start at {@link io.switchboard.projector.api.order.AdmissionTest}. */
@NullMarked
package io.switchboard.projector.api.order;

import org.jspecify.annotations.NullMarked;
