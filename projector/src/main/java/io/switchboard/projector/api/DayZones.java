package io.switchboard.projector.api;

import io.switchboard.runtime.Account;
import io.switchboard.runtime.Accounts;
import io.switchboard.runtime.SettingsReader;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The accounts that are configured and where their days begin. Of an accounts file nothing else is kept.
 *
 * @param accounts empty when no file names any: then there is one, or those whose pollers report
 * @param usual of accounts without a zone of their own
 */
public record DayZones(List<String> accounts, Map<String, ZoneId> own, ZoneId usual) {
    public static final String DEFAULT_TIMEZONE = "DEFAULT_TIMEZONE";

    public DayZones {
        accounts = List.copyOf(accounts);
        own = Map.copyOf(own);
    }

    static DayZones of(SettingsReader reader) {
        var usual = usual(reader);
        if (reader.text(Accounts.FILE).isEmpty()) {
            return new DayZones(List.of(), Map.of(), usual);
        }
        var accounts = Accounts.of(reader);
        var own = new HashMap<String, ZoneId>();
        accounts.forEach(account -> account.timezone().ifPresent(zone -> own.put(account.id(), zone)));
        return new DayZones(accounts.stream().map(Account::id).toList(), own, usual);
    }

    /** Where the account's days begin. */
    ZoneId of(String account) {
        return own.getOrDefault(account, usual);
    }

    /**
     * The zone of reports that name none.
     *
     * @param account the only account the reader sees; null for all of them
     */
    ZoneId ofReader(@Nullable String account) {
        if (account != null) {
            return of(account);
        }
        return accounts.size() == 1 ? of(accounts.getFirst()) : usual;
    }

    private static ZoneId usual(SettingsReader reader) {
        var name = reader.text(DEFAULT_TIMEZONE, "UTC");
        if (!ZoneId.getAvailableZoneIds().contains(name)) {
            reader.reject(DEFAULT_TIMEZONE, "takes an IANA zone such as America/New_York");
            return ZoneOffset.UTC;
        }
        return ZoneId.of(name);
    }
}
