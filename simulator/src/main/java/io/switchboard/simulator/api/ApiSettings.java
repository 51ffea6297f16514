package io.switchboard.simulator.api;

import io.switchboard.simulator.access.AccessSettings;
import io.switchboard.simulator.media.MediaSettings;
import io.switchboard.simulator.rows.ListingSettings;
import io.switchboard.simulator.rows.RowSettings;
import io.switchboard.simulator.switches.Switches;

/** The switches of the REST API; all may be turned while the simulator runs and hold from the next request on. */
public record ApiSettings(
        ConductSettings conduct,
        ListingSettings listing,
        RowSettings rows,
        AccessSettings access,
        MediaSettings media,
        ApiFaults faults) {
    public static final ApiSettings STANDARD = new ApiSettings(
            ConductSettings.STANDARD,
            ListingSettings.STANDARD,
            RowSettings.STANDARD,
            AccessSettings.STANDARD,
            MediaSettings.STANDARD,
            ApiFaults.NONE);

    /** Reads the variables that are set; the others keep their present value. */
    public static ApiSettings read(Switches switches, ApiSettings present) {
        return new ApiSettings(
                ConductSettings.read(switches, present.conduct),
                ListingSettings.read(switches, present.listing),
                RowSettings.read(switches, present.rows),
                AccessSettings.read(switches, present.access),
                MediaSettings.read(switches, present.media),
                ApiFaults.read(switches, present.faults));
    }
}
