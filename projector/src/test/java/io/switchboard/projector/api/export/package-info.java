/** Files without a server. Start at {@link io.switchboard.projector.api.export.CallCsvTest}. */
@NullMarked
package io.switchboard.projector.api.export;

import org.jspecify.annotations.NullMarked;
