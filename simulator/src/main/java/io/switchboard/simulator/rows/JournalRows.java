package io.switchboard.simulator.rows;

import io.switchboard.call.Call.Direction;
import io.switchboard.simulator.media.Picture;
import io.switchboard.simulator.rows.RowSettings.Casing;
import io.switchboard.simulator.rows.RowSettings.Offset;
import io.switchboard.simulator.script.CallKind;
import io.switchboard.simulator.world.CallFacts.Part;
import io.switchboard.simulator.world.Interaction;
import io.switchboard.simulator.world.Marks.Flag;
import io.switchboard.simulator.world.Marks.Workflow;
import io.switchboard.simulator.world.SimulatedCall;
import io.switchboard.simulator.world.Staff.Person;
import io.switchboard.simulator.world.TextMessage;
import io.switchboard.simulator.world.TextMessage.Way;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The rows of {@code /journal/requests} (API.md section 5.2): calls and text messages. */
public final class JournalRows {
    private static final UUID ZERO = new UUID(0, 0);
    private static final long OWN = 0x0000_0000_5555_0000L;

    private final Reading reading;

    public JournalRows(Reading reading) {
        this.reading = reading;
    }

    public JsonObject row(Interaction interaction) {
        return switch (interaction) {
            case SimulatedCall call -> row(call);
            case TextMessage text -> row(text);
        };
    }

    /** Around a page. */
    public Object page(int page, List<JsonObject> rows) {
        var bare = new JsonObject().put("currentPage", page).put("requests", new JsonArray(rows));
        return switch (reading.form().journal()) {
            case BARE -> bare;
            case DATA -> new JsonObject().put("data", bare);
            case ARRAY -> new JsonArray().add(bare);
        };
    }

    /** {@code state} in Pascal case, as filters compare it. */
    public static String state(Interaction interaction) {
        return switch (interaction) {
            case TextMessage text -> "Message";
            case SimulatedCall call ->
                switch (call.script().kind().recorded()) {
                    case ANSWERED -> "Connected";
                    case MISSED -> "Missed";
                    case VOICEMAIL -> "VoiceMail";
                    case DROPPED -> "Dropped";
                    case UNANSWERED, UNKNOWN -> "NoAnswer";
                };
        };
    }

    /** {@code origin} in Pascal case, as filters compare it. */
    public static String origin(Interaction interaction) {
        return switch (interaction) {
            case TextMessage text -> text.way() == Way.INBOUND ? "Inbound" : "Outbound";
            case SimulatedCall call ->
                switch (call.script().kind().direction()) {
                    case INBOUND, UNKNOWN -> "Inbound";
                    case OUTBOUND -> "Outbound";
                    case CALLBACK -> "Callback";
                    case INTERNAL -> "Internal";
                };
        };
    }

    private JsonObject row(SimulatedCall call) {
        var row = head(call, call.facts().answeredAt() != null || call.facts().leftAt() != null);
        var agent = agent(call);
        agent.ifPresentOrElse(person -> row.put("agent", person), () -> row.maybe("agent", null));
        return row.maybe("users", users(call))
                .word("origin", origin(call), Casing.CAMEL)
                .put("comment", call.marks().comment().orElse(null))
                .put("favorite", call.marks().has(Flag.FAVORITE))
                .put("duration", clock(Duration.between(call.startedAt(), call.endsAt())))
                .maybe("voicemail", voicemail(call))
                .maybe("recording", recording(call))
                .put("read", call.marks().has(Flag.IS_READ))
                .put("wfstate", workflow(call))
                .word("availability", "Available", Casing.CAMEL)
                .json();
    }

    private JsonObject row(TextMessage text) {
        var model = new Row(reading.form()).put("text", text.text()).word("availability", "Available", Casing.CAMEL);
        var delivery = text.way() == Way.OUTBOUND ? "Sent" : "Unspecified";
        var sender = Optional.ofNullable(text.extension()).flatMap(reading.staff()::find);
        return head(text, false)
                .word("origin", origin(text), Casing.CAMEL)
                .maybe("comment", text.marks().comment().orElse(null))
                .put("favorite", text.marks().has(Flag.FAVORITE))
                .put("textModel", model.json())
                .put("text", text.text())
                .put("duration", null)
                .word("messageDeliveryStatus", delivery, Casing.CAMEL)
                .put("attachments", attachments(text))
                .put("read", text.marks().has(Flag.IS_READ) || text.way() == Way.OUTBOUND)
                .put("wfstate", workflow(text))
                .put("inConversation", true)
                .word("availability", "Available", Casing.CAMEL)
                .maybe(
                        "agent",
                        sender.map(person -> person(person, "CallOwner")).orElse(null))
                .json();
    }

    private JsonArray attachments(TextMessage text) {
        if (text.attachment() == null) {
            return new JsonArray();
        }
        return new JsonArray()
                .add(new Row(reading.form())
                        .put("link", reading.links().picture(text.journalId()))
                        .put("fileName", text.attachment())
                        .put("fileSize", Picture.size())
                        .put("isImage", true)
                        .put("isSupportedFormat", true)
                        .put("isStorageExpired", false)
                        .json());
    }

    private Row head(Interaction interaction, boolean responded) {
        var row = new Row(reading.form());
        var call = interaction instanceof SimulatedCall made ? made : null;
        var answered = call == null || !responded ? null : call.facts().answeredAt();
        var left = call == null ? null : call.facts().leftAt();
        return row.maybeTime("respondedAt", answered == null ? left : answered, Offset.Z)
                .put("id", interaction.journalId())
                .put("requestGuid", requestGuid(interaction).toString())
                .word("state", state(interaction), Casing.CAMEL)
                .put("client", client(interaction))
                .word("type", call == null ? "Message" : "Call", Casing.CAMEL)
                .time("created", interaction.startedAt(), call == null ? Offset.Z : Offset.NUMERIC)
                .put("businessNumber", business(interaction))
                .put("businessNumbersCount", 0)
                .put("tags", new JsonArray());
    }

    private UUID requestGuid(Interaction interaction) {
        var guid = interaction.guid();
        return switch (reading.form().requestGuid()) {
            case CALL -> guid;
            case ZERO -> ZERO;
            case OWN -> new UUID(guid.getMostSignificantBits() ^ OWN << 16, guid.getLeastSignificantBits());
        };
    }

    private JsonObject client(Interaction interaction) {
        var widget = interaction instanceof SimulatedCall call && call.script().kind() == CallKind.WIDGET;
        var client = client(interaction, reading);
        return new Row(reading.form())
                .put("address", client)
                .word("type", widget ? "Widget" : "PhoneNumber", Casing.CAMEL)
                .word("callerKind", "Default", Casing.CAMEL)
                .maybe("widgetName", widget ? client : null)
                .json();
    }

    private static String client(Interaction interaction, Reading reading) {
        return switch (interaction) {
            case TextMessage text -> text.client();
            case SimulatedCall call -> call.facts().client();
        };
    }

    private JsonObject business(Interaction interaction) {
        var number = switch (interaction) {
            case TextMessage text -> text.business();
            case SimulatedCall call -> call.facts().business();
        };
        return new Row(reading.form())
                .put("number", number)
                .put("label", reading.staff().label(number))
                .json();
    }

    private Optional<JsonObject> agent(SimulatedCall call) {
        if (call.script().kind().direction() == Direction.OUTBOUND
                || call.facts().leftAt() != null) {
            var role = call.facts().leftAt() != null ? "VoiceMailReceiver" : "CallOwner";
            return call.facts().parts().stream().findFirst().flatMap(part -> person(part, role));
        }
        return call.facts().firstConnected().flatMap(part -> person(part, "CallOwner"));
    }

    private @Nullable JsonArray users(SimulatedCall call) {
        if (call.facts().answeredAt() == null) {
            return null;
        }
        return new JsonArray(call.facts().parts().stream()
                .map(part -> person(part, role(call, part)))
                .flatMap(Optional::stream)
                .toList());
    }

    private static String role(SimulatedCall call, Part part) {
        if (part.connectedAt() == null) {
            return "NotDialed";
        }
        return Objects.equals(part.connectedAt(), call.facts().answeredAt()) ? "CallOwner" : "Consultant";
    }

    private Optional<JsonObject> person(Part part, String agentRole) {
        return reading.staff().find(part.extension()).map(person -> person(person, agentRole));
    }

    private JsonObject person(Person person, String agentRole) {
        return new Row(reading.form())
                .put("id", person.id())
                .word("agentRole", agentRole, Casing.CAMEL)
                .put("name", person.fullName())
                .put("extension", person.extension())
                .put("forwardingNumber", person.forwardingNumber())
                .put("role", person.role())
                .put("email", person.email())
                .word("type", "User", Casing.CAMEL)
                .json();
    }

    private @Nullable JsonObject voicemail(SimulatedCall call) {
        if (call.facts().leftAt() == null) {
            return null;
        }
        var length = clock(VoicemailRows.length(call));
        var link = reading.links().voicemail(call.guid(), reading.now());
        return new Row(reading.form())
                .put("duration", length)
                .put("text", "Please call me back.")
                .word("speechRecognitionStatus", "Success", Casing.CAMEL)
                .maybe("assignee", agent(call).orElse(null))
                .put("recording", file(call, length, link))
                .word("availability", "Available", Casing.CAMEL)
                .json();
    }

    private @Nullable JsonObject recording(SimulatedCall call) {
        var answered = call.facts().answeredAt();
        return answered == null
                ? null
                : reading.recording(call)
                        .map(link -> file(call, clock(Duration.between(answered, call.endsAt())), link))
                        .orElse(null);
    }

    private JsonObject file(SimulatedCall call, String length, String link) {
        return new Row(reading.form())
                .put("recordingId", "rec-" + call.journalId())
                .put("duration", length)
                .word("flag", "Public", Casing.CAMEL)
                .word("status", "Recorded", Casing.CAMEL)
                .put("link", link)
                .word("availability", "Available", Casing.CAMEL)
                .json();
    }

    private @Nullable JsonObject workflow(Interaction interaction) {
        return interaction
                .marks()
                .workflow()
                .map(state -> new Row(reading.form())
                        .word("state", state == Workflow.OPEN ? "Open" : "Resolved", Casing.CAMEL)
                        .json())
                .orElse(null);
    }

    private static String clock(Duration duration) {
        return two(duration.toHours()) + ":" + two(duration.toMinutesPart()) + ":" + two(duration.toSecondsPart());
    }

    private static String two(long number) {
        return number < 10 ? "0" + number : Long.toString(number);
    }
}
