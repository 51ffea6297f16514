package io.switchboard.simulator.api;

import io.switchboard.simulator.rows.AccountRows;
import io.switchboard.simulator.rows.RowSettings.StatusWords;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code /ping}, {@code /phonenumbers}, {@code /team}, {@code /profile}: the account and the token's user. */
final class AccountHandler {
    private static final Pattern DIGITS = Pattern.compile("\\d{1,11}");

    private final ApiAccount account;
    private String status = "available";

    AccountHandler(ApiAccount account) {
        this.account = account;
    }

    ApiAnswer ping(ApiRequest request) {
        return ApiAnswer.ok(AccountRows.success("3"));
    }

    ApiAnswer numbers(ApiRequest request) {
        return ApiAnswer.ok(rows().numbers());
    }

    /** The first number that contains the digits. */
    ApiAnswer number(ApiRequest request) {
        var digits = request.part("digits");
        return Optional.of(digits)
                .filter(text -> DIGITS.matcher(text).matches())
                .flatMap(text -> account.staff().businessNumbers().stream()
                        .filter(number -> number.contains(text))
                        .findFirst())
                .map(number -> ApiAnswer.ok(AccountRows.success(rows().number(number))))
                .orElse(ApiAnswer.message(400, "Number not found"));
    }

    ApiAnswer team(ApiRequest request) {
        return ApiAnswer.ok(rows().team());
    }

    ApiAnswer ownProfile(ApiRequest request) {
        return ApiAnswer.ok(rows().profile(account.staff().owner()));
    }

    ApiAnswer profile(ApiRequest request) {
        return account.staff()
                .find(request.part("extension"))
                .map(person -> ApiAnswer.ok(rows().profile(person)))
                .orElse(ApiAnswer.message(400, "User profile not found"));
    }

    ApiAnswer status(ApiRequest request) {
        return ApiAnswer.ok(rows().status(status));
    }

    ApiAnswer changeStatus(ApiRequest request) {
        var word = request.part("status");
        var live = account.apiSettings().rows().statusWords() == StatusWords.BUSY;
        var known = switch (word.toLowerCase(Locale.ROOT)) {
            case "available" -> "available";
            case "dnd" -> "dnd";
            case "free" -> live ? "available" : "";
            case "busy" -> live ? "dnd" : "";
            default -> "";
        };
        if (known.isEmpty()) {
            return ApiAnswer.modelState(
                    "User status not found", Map.of("status", "The value '" + word + "' is not valid for UserStatus."));
        }
        status = known;
        return ApiAnswer.ok(rows().status(status));
    }

    private AccountRows rows() {
        return new AccountRows(account.apiSettings().rows(), account.staff());
    }
}
