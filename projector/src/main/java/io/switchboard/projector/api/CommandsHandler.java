package io.switchboard.projector.api;

import io.switchboard.projector.api.Orders.Draft;
import io.switchboard.projector.api.query.DialledNumber;
import io.switchboard.projector.api.query.JsonBody;
import io.switchboard.projector.api.query.Prose;
import io.switchboard.sync.ContactContent;
import io.switchboard.sync.PersonCommand;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is done at the provider: each command becomes an order to the poller, which carries it out once at most. What a
 * command says is in no row and no answer.
 */
final class CommandsHandler {
    private static final int MOST_RECIPIENTS = 10;
    private static final int MOST_CHANNELS = 20;
    private static final Prose MESSAGE = Prose.text(1_600);
    private static final Prose COMMENT = Prose.text(4_000);
    private static final Prose NAME = Prose.line(100);
    private static final Prose TAG = Prose.line(50);
    private static final Prose ETAG = Prose.line(128);
    private static final String EMAIL_TAKES = "an e-mail address of at most 254 characters";
    private static final Pattern EMAIL = Pattern.compile("[^\\s\\p{Cntrl}@<>\"]{1,64}@[^\\s\\p{Cntrl}@<>\"]{1,189}");
    private static final List<String> STATUSES = List.of("available", "dnd");
    private static final Pattern ID = Pattern.compile("[0-9A-Za-z_-]{1,64}");

    private final Vertx vertx;
    private final OrdersHandler ordering;

    /**
     * A command as a request says it.
     *
     * @param account null when it names none
     * @param refusal why it is none; the command then means nothing
     */
    private record Said(@Nullable String account, @Nullable PersonCommand command, Optional<Answer> refusal) {}

    /** What the rest of a body says; anything where a fault was noted. */
    private interface Content {
        PersonCommand of(JsonBody body);
    }

    CommandsHandler(Vertx vertx, OrdersHandler ordering) {
        this.vertx = vertx;
        this.ordering = ordering;
    }

    Future<Answer> sendMessage(ApiRequest request) {
        return give(
                request,
                () -> inBody(request, body -> {
                    var from = number(body, "from");
                    var text =
                            body.needed("text", MESSAGE.takes(), MESSAGE::parse).orElse("");
                    var to = body.forms("to", MOST_RECIPIENTS, DialledNumber.TAKES, DialledNumber::parse);
                    if (to.isEmpty() && body.problem().isEmpty()) {
                        body.reject("to", "is missing: takes a list of phone numbers");
                    }
                    return new PersonCommand.SendMessage(from, to, text);
                }));
    }

    Future<Answer> makeCall(ApiRequest request) {
        return give(
                request,
                () -> inBody(request, body -> new PersonCommand.MakeCall(number(body, "from"), number(body, "to"))));
    }

    Future<Answer> setStatus(ApiRequest request) {
        Function<String, Optional<String>> known = word -> Optional.of(word).filter(STATUSES::contains);
        return give(
                request,
                () -> inBody(
                        request,
                        body -> new PersonCommand.SetStatus(
                                body.needed("status", "one of " + String.join(", ", STATUSES), known)
                                        .orElse(""))));
    }

    Future<Answer> createContact(ApiRequest request) {
        return give(request, () -> inBody(request, body -> new PersonCommand.CreateContact(contact(body))));
    }

    Future<Answer> updateContact(ApiRequest request) {
        return give(
                request,
                () -> inBody(
                        request,
                        body -> new PersonCommand.UpdateContact(
                                request.id(),
                                body.form("etag", ETAG.takes(), ETAG::parse).orElse(null),
                                contact(body))));
    }

    Future<Answer> deleteContact(ApiRequest request) {
        var etag = request.parameters().single("etag", ETAG.takes(), ETAG::parse);
        return give(request, () -> inQuery(request, new PersonCommand.DeleteContact(request.id(), etag.orElse(null))));
    }

    Future<Answer> setComment(ApiRequest request) {
        return give(
                request,
                () -> inBody(
                        request,
                        body -> new PersonCommand.SetComment(
                                request.id(),
                                body.needed("text", COMMENT.takes(), COMMENT::parse)
                                        .orElse(""))));
    }

    Future<Answer> deleteComment(ApiRequest request) {
        return give(request, () -> inQuery(request, new PersonCommand.DeleteComment(request.id())));
    }

    private interface Reading {
        Said read();
    }

    // Reading a number loads tables from the class path, which is no work for an event loop.
    private Future<Answer> give(ApiRequest request, Reading reading) {
        if (request.message().route().contains("{id}")
                && !ID.matcher(request.id()).matches()) {
            return Future.succeededFuture(Refusals.badId("id", "1 to 64 letters and digits"));
        }
        return vertx.executeBlocking(reading::read, false).compose(said -> {
            var command = said.command();
            var key = OrdersHandler.key(request);
            var fault = said.refusal().or(() -> Refusals.first(key.problem()));
            if (fault.isPresent() || command == null) {
                return Future.succeededFuture(fault.orElseThrow());
            }
            return ordering.give(
                    request,
                    Optional.ofNullable(said.account()),
                    (account, detail) -> Draft.of(account, command, detail, key.value()));
        });
    }

    private static Said inBody(ApiRequest request, Content content) {
        var body = OrdersHandler.body(request);
        var account = body.text("account");
        var command = content.of(body);
        var refusal = Refusals.first(request.parameters().problem(), body.problem());
        return new Said(account.orElse(null), command, refusal);
    }

    private static Said inQuery(ApiRequest request, PersonCommand command) {
        var account = request.parameters().single("account");
        return new Said(
                account.orElse(null),
                command,
                Refusals.first(request.parameters().problem()));
    }

    private static String number(JsonBody body, String name) {
        return body.needed(name, DialledNumber.TAKES, DialledNumber::parse).orElse("");
    }

    private static ContactContent contact(JsonBody body) {
        var contact = new ContactContent(
                body.form("first_name", NAME.takes(), NAME::parse).orElse(null),
                body.form("last_name", NAME.takes(), NAME::parse).orElse(null),
                body.form("comment", COMMENT.takes(), COMMENT::parse).orElse(null),
                body.forms("phones", MOST_CHANNELS, DialledNumber.TAKES, DialledNumber::parse),
                body.forms(
                        "emails",
                        MOST_CHANNELS,
                        EMAIL_TAKES,
                        text -> Optional.of(text)
                                .filter(address -> EMAIL.matcher(address).matches())),
                body.forms("tags", MOST_CHANNELS, TAG.takes(), TAG::parse));
        if (contact.firstName() == null
                && contact.lastName() == null
                && contact.phones().isEmpty()
                && body.problem().isEmpty()) {
            body.reject("first_name", "is missing: a contact has a name or a phone number");
        }
        return contact;
    }
}
