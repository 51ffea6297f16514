package io.switchboard.projector.api.jwt;

import io.switchboard.projector.api.access.BearerAnswer;
import io.switchboard.projector.api.access.BearerAnswer.Known;
import io.switchboard.projector.api.access.BearerAnswer.Unknown;
import io.switchboard.projector.api.access.BearerAnswer.WithoutRole;
import io.switchboard.projector.api.access.Principal;
import io.switchboard.projector.api.access.Role;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What verified claims say of their bearer. */
final class Claims {
    /** The account of those who see all of them. */
    private static final String ALL_ACCOUNTS = "*";

    /** Who is given several roles has the first of these. */
    private static final List<Role> STRONGEST_FIRST =
            List.of(Role.PLATFORM_ADMIN, Role.SUPERVISOR, Role.OPERATOR, Role.VIEWER);

    private static final String PREFIX = "jwt:";
    private static final int LONGEST = 128;

    private final Map<String, Object> claims;

    Claims(Map<String, Object> claims) {
        this.claims = claims;
    }

    BearerAnswer bearer(JwtSettings settings) {
        var subject = name(claims.get("sub"));
        if (subject.isEmpty()) {
            return new Unknown();
        }
        var account = settings.accountClaim() == null ? Optional.of(ALL_ACCOUNTS) : name(at(settings.accountClaim()));
        var words = words(at(settings.roleClaim()));
        var role = STRONGEST_FIRST.stream()
                .filter(one -> words.contains(one.word()))
                .findFirst();
        if (role.isEmpty() || account.isEmpty()) {
            return new WithoutRole();
        }
        var bound = account.get().equals(ALL_ACCOUNTS) ? null : account.get();
        return new Known(new Principal(role.get(), bound, PREFIX + subject.get()));
    }

    /** A claim by its name; where there is none of that name, by the path that its dots make. */
    private @Nullable Object at(String path) {
        if (claims.containsKey(path)) {
            return claims.get(path);
        }
        Object found = claims;
        for (var name : path.split("\\.", -1)) {
            found = found instanceof Map<?, ?> object ? object.get(name) : null;
        }
        return found;
    }

    /** A text with words between spaces, or a list of words. */
    private static Set<String> words(@Nullable Object value) {
        return switch (value) {
            case String text -> Arrays.stream(text.split(" ", -1)).collect(Collectors.toSet());
            case List<?> list ->
                list.stream()
                        .flatMap(one -> one instanceof String word ? Stream.of(word) : Stream.empty())
                        .collect(Collectors.toSet());
            case null, default -> Set.of();
        };
    }

    private static Optional<String> name(@Nullable Object value) {
        return value instanceof String text
                        && !text.isBlank()
                        && text.length() <= LONGEST
                        && text.chars().noneMatch(Character::isISOControl)
                ? Optional.of(text)
                : Optional.empty();
    }
}
