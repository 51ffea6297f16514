package io.switchboard.simulator.api;

import io.switchboard.simulator.rows.ContactRows;
import io.switchboard.simulator.world.AddressBook;
import io.switchboard.simulator.world.Contact;
import io.switchboard.simulator.world.Contact.Channel;
import io.switchboard.simulator.world.Contact.Content;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code /contacts}: the address book; an entry is changed under its etag. */
final class ContactsHandler {
    private static final List<String> SEARCHED = List.of("all", "name", "phone", "email", "label", "tag", "comment");
    private static final Set<String> KNOWN = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

    static {
        KNOWN.addAll(SEARCHED);
        KNOWN.addAll(List.of("page", "pageSize", "updatedSince", "includeAuto", "agentId"));
    }

    private final ApiAccount account;

    ContactsHandler(ApiAccount account) {
        this.account = account;
    }

    ApiAnswer list(ApiRequest request) {
        var query = request.query();
        var page = query.whole("page", 1, 1);
        var pageSize = query.whole("pageSize", 100, 1);
        var since = query.text("updatedSince").map(text -> query.time("updatedSince", Instant.EPOCH));
        var unsupported = Stream.concat(
                        query.names().stream().filter(name -> !KNOWN.contains(name)), query.faults().keySet().stream())
                .toList();
        if (!unsupported.isEmpty()) {
            return ApiAnswer.of(
                    400,
                    new JsonObject()
                            .put("data", new JsonObject().put("unsupportedFilters", new JsonArray(unsupported)))
                            .put("errorCode", "FilterParamsMalformed")
                            .put("message", "Filter params malformed"));
        }
        var found = book().all()
                .filter(contact ->
                        since.map(time -> !contact.updated().isBefore(time)).orElse(contact.active()))
                .filter(contact -> SEARCHED.stream()
                        .allMatch(name -> query.text(name)
                                .map(text -> says(contact, name, text))
                                .orElse(true)))
                .toList();
        var rows = new ContactRows(account.apiSettings().rows());
        var shown = found.stream()
                .skip((page - 1L) * pageSize)
                .limit(pageSize)
                .map(rows::row)
                .toList();
        var data = new JsonObject()
                .put("contacts", new JsonArray(shown))
                .put("pages", (found.size() + pageSize - 1L) / pageSize)
                .put("records", found.size())
                .put("currentPage", page);
        return ApiAnswer.list(new JsonObject().put("data", data), shown);
    }

    ApiAnswer find(ApiRequest request) {
        return withContact(request.part("id"), this::shown);
    }

    ApiAnswer limits(ApiRequest request) {
        var size = book().size();
        return ApiAnswer.ok(new JsonObject()
                .put("limitsState", size < AddressBook.MOST_CONTACTS ? "Ok" : "Exceeded")
                .put("contactsCount", size)
                .put("limit", AddressBook.MOST_CONTACTS));
    }

    ApiAnswer create(ApiRequest request) {
        var body = request.json();
        if (body.isEmpty()) {
            return malformed();
        }
        if (ApiRequest.text(body.get(), "contactId").isPresent()) {
            return ApiAnswer.error(400, "ContactIdIsNotEmpty", "Contact id is not empty");
        }
        if (book().size() >= AddressBook.MOST_CONTACTS) {
            return ApiAnswer.error(403, "ContactsLimitExceeded", "Contacts limit exceeded");
        }
        return content(body.get(), request.now())
                .map(content -> intersection(request, content, "")
                        .orElseGet(() -> shown(book().create(content, request.now()))))
                .orElseGet(ContactsHandler::malformed);
    }

    /** The id stands in the path or in the body. */
    ApiAnswer update(ApiRequest request) {
        var body = request.json();
        if (body.isEmpty()) {
            return malformed();
        }
        var id = request.part("id").isEmpty()
                ? ApiRequest.text(body.get(), "contactId").orElse("")
                : request.part("id");
        var content = content(body.get(), request.now());
        if (content.isEmpty()) {
            return malformed();
        }
        var etag = ApiRequest.text(body.get(), "etag").or(() -> request.query().text("etag"));
        return withContact(
                id,
                contact -> modified(contact, etag)
                        .or(() -> intersection(request, content.get(), id))
                        .orElseGet(() -> shown(book().update(contact, content.get(), request.now()))));
    }

    ApiAnswer delete(ApiRequest request) {
        return withContact(
                request.part("id"),
                contact -> modified(contact, request.query().text("etag")).orElseGet(() -> {
                    var unused = book().delete(contact, request.now());
                    return ApiAnswer.message(200, "deleted");
                }));
    }

    private AddressBook book() {
        return account.addressBook();
    }

    private interface Use {
        ApiAnswer of(Contact contact);
    }

    private ApiAnswer withContact(String id, Use use) {
        if (!JournalHandler.isId(id)) {
            return ApiAnswer.error(400, "ContactIdHasInvalidFormat", "Contact id has invalid format");
        }
        return book().find(id)
                .map(use::of)
                .orElseGet(() -> ApiAnswer.error(404, "ContactIsNotFound", "Contact is not found"));
    }

    private ApiAnswer shown(Contact contact) {
        var row = new ContactRows(account.apiSettings().rows()).row(contact);
        return ApiAnswer.ok(new JsonObject().put("data", row));
    }

    private Optional<ApiAnswer> modified(Contact contact, Optional<String> etag) {
        return etag.filter(given -> !given.equals(contact.etag())).map(given -> {
            var row = new ContactRows(account.apiSettings().rows()).row(contact);
            return ApiAnswer.of(
                    412,
                    new JsonObject()
                            .put("data", row)
                            .put("errorCode", "ContactWasModified")
                            .put("message", "Contact was modified"));
        });
    }

    private Optional<ApiAnswer> intersection(ApiRequest request, Content content, String id) {
        return Optional.of(content)
                .filter(checked -> request.query().flag("checkIntersection"))
                .flatMap(checked -> book().withNumberOf(checked, id))
                .map(other -> ApiAnswer.of(
                        409,
                        new JsonObject()
                                .put(
                                        "data",
                                        new ContactRows(account.apiSettings().rows()).row(other))
                                .put("errorCode", "ContactRecordsIntersection")
                                .put("message", "Contact records intersection")));
    }

    private static ApiAnswer malformed() {
        return ApiAnswer.error(400, "ContactDataMalformed", "Contact data malformed");
    }

    private Optional<Content> content(JsonObject body, Instant now) {
        try {
            var channels = body.getJsonArray("channels", new JsonArray()).stream()
                    .map(channel -> channel((JsonObject) channel, now))
                    .toList();
            return Optional.of(new Content(
                    body.getString("firstName"),
                    body.getString("lastName"),
                    body.getString("comment"),
                    texts(body.getJsonArray("tags", new JsonArray())),
                    channels));
        } catch (ClassCastException e) {
            return Optional.empty();
        }
    }

    private Channel channel(JsonObject channel, Instant now) {
        return new Channel(
                Optional.ofNullable(channel.getString("channelId")).orElseGet(() -> book().channelId(now)),
                texts(channel.getJsonArray("labels", new JsonArray())),
                channel.getString("phone"),
                channel.getString("email"));
    }

    private static List<String> texts(@Nullable JsonArray array) {
        return array == null
                ? List.of()
                : array.stream()
                        .map(text -> (String) text)
                        .filter(Objects::nonNull)
                        .toList();
    }

    private static boolean says(Contact contact, String where, String text) {
        var sought = text.toLowerCase(Locale.ROOT);
        return places(contact.content(), where)
                .anyMatch(
                        place -> place != null && place.toLowerCase(Locale.ROOT).contains(sought));
    }

    private static Stream<@Nullable String> places(Content content, String where) {
        return switch (where) {
            case "name" -> Stream.of(content.firstName(), content.lastName());
            case "phone" -> content.channels().stream().map(Channel::phone);
            case "email" -> content.channels().stream().map(Channel::email);
            case "label" -> content.channels().stream().flatMap(channel -> channel.labels().stream());
            case "tag" -> content.tags().stream();
            case "comment" -> Stream.of(content.comment());
            default -> Stream.of("name", "phone", "email", "tag", "comment").flatMap(place -> places(content, place));
        };
    }
}
