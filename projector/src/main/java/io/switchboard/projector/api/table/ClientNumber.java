package io.switchboard.projector.api.table;

/**
 * Finds the calls of a client in statements. North American numbers are also stored without their country code, so a number
 * has up to two writings; the index of the reversed digits is asked for each.
 */
final class ClientNumber {
    private ClientNumber() {}

    /** By which calls of one client are told to be one's: the digits without a North American country code. */
    static String key(String digits) {
        return "case when %1$s ~ '^1[0-9]{10}$' then substr(%1$s, 2) else %1$s end".formatted(digits);
    }

    // A client's calls are few: sorting them beats walking all calls, which a limit would otherwise talk the planner
    // into.
    // The added nothing keeps it from using the order of the index.

    /**
     * The first call of a client that fits, with the columns named.
     *
     * @param of the row with {@code account} and {@code client_digits}
     * @param condition on {@code r}, the call looked for
     */
    static String firstCall(String of, String columns, String condition) {
        var each = """
                (select %s from call r
                where r.account = %s.account and reverse(r.client_digits) = %%s and %s
                order by r.started_at + interval '0' limit 1)
                """.formatted(columns, of, condition);
        var digits = of + ".client_digits";
        return "select * from (" + each.formatted("reverse(" + digits + ")") + " union all "
                + each.formatted(otherWriting(digits)) + ") w order by started_at limit 1";
    }

    /** Null where there is none. */
    private static String otherWriting(String digits) {
        return """
                case when %1$s ~ '^1[0-9]{10}$' then reverse(substr(%1$s, 2))
                     when %1$s ~ '^[0-9]{10}$' then reverse(%1$s) || '1' end
                """.formatted(digits);
    }
}
