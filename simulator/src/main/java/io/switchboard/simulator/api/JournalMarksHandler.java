package io.switchboard.simulator.api;

import io.switchboard.simulator.world.Interaction;
import io.switchboard.simulator.world.Marks.Flag;
import io.switchboard.simulator.world.Marks.Workflow;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** What may be noted on several rows of the journal at once: flags, the state of work, removal. */
final class JournalMarksHandler {
    private final ApiAccount account;

    JournalMarksHandler(ApiAccount account) {
        this.account = account;
    }

    ApiAnswer setFlags(ApiRequest request) {
        return flags(request, flags -> row -> flags.forEach(row.marks()::set));
    }

    ApiAnswer clearFlags(ApiRequest request) {
        return flags(request, flags -> row -> flags.forEach(row.marks()::clear));
    }

    ApiAnswer workflow(ApiRequest request) {
        var word = request.body().strip().replace("\"", "").toLowerCase(Locale.ROOT);
        var state = switch (word) {
            case "open" -> Optional.of(Workflow.OPEN);
            case "resolved" -> Optional.of(Workflow.RESOLVED);
            default -> Optional.<Workflow>empty();
        };
        return state.map(found -> all(request, "updated", row -> row.marks().workflow(found)))
                .orElseGet(() -> ApiAnswer.error(404, "WorkflowStateInvalid", "Workflow state is invalid"));
    }

    ApiAnswer removeVoicemails(ApiRequest request) {
        return all(request, "deleted", row -> row.marks().set(Flag.REMOVED));
    }

    ApiAnswer removeMessages(ApiRequest request) {
        var ids = request.query().list("requestIds");
        var known = ids.stream()
                .filter(id -> account.world().journal(id).isPresent())
                .collect(Collectors.toSet());
        rows(List.copyOf(known)).forEach(row -> row.marks().set(Flag.REMOVED));
        var data = new JsonObject()
                .put("deletedIds", new JsonArray(List.copyOf(known)))
                .put(
                        "notfoundIds",
                        new JsonArray(
                                ids.stream().filter(id -> !known.contains(id)).toList()));
        return ApiAnswer.ok(new JsonObject().put("data", data).put("message", "deleted"));
    }

    ApiAnswer restoreMessage(ApiRequest request) {
        return account.world()
                .journal(request.query().text("requestId").orElse(""))
                .map(row -> {
                    row.marks().clear(Flag.REMOVED);
                    return ApiAnswer.message(200, "restored");
                })
                .orElseGet(JournalHandler::notFound);
    }

    private interface Change {
        Consumer<Interaction> by(List<Flag> flags);
    }

    private ApiAnswer flags(ApiRequest request, Change change) {
        var words = request.query().list("flags");
        var flags = words.stream()
                .map(JournalMarksHandler::flag)
                .flatMap(Optional::stream)
                .toList();
        return words.isEmpty() || flags.size() < words.size()
                ? ApiAnswer.error(400, "FlagsInvalid", "Flags are invalid")
                : all(request, "updated", change.by(flags));
    }

    private ApiAnswer all(ApiRequest request, String done, Consumer<Interaction> change) {
        var ids = request.query().list("requestIds");
        var bad = ids.stream().filter(id -> !JournalHandler.isId(id)).toList();
        if (!bad.isEmpty()) {
            return JournalHandler.badId(String.join(",", bad));
        }
        var rows = rows(ids);
        if (rows.size() < ids.size() || ids.isEmpty()) {
            return JournalHandler.notFound();
        }
        rows.forEach(change);
        return ApiAnswer.message(200, done);
    }

    private List<Interaction> rows(List<String> ids) {
        return ids.stream()
                .map(account.world()::journal)
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Flag> flag(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "isread" -> Optional.of(Flag.IS_READ);
            case "favorite" -> Optional.of(Flag.FAVORITE);
            case "removed" -> Optional.of(Flag.REMOVED);
            default -> Optional.empty();
        };
    }
}
