package io.switchboard.call;

import io.switchboard.call.Call.Client;
import io.switchboard.call.Call.Direction;
import io.switchboard.call.CallRecord.Party;
import io.switchboard.call.EventName.Family;
import io.switchboard.call.RecordSummary.Found;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Who stands on the two sides of a call. {@code From} of an incoming call and {@code To} of an outgoing one or a callback
 * is where the client stands, the account's number is the other. When an extension or an internal address stands in the
 * client's place, the call is internal and has no client.
 */
final class Sides {

    /** Numbers of public services that would otherwise pass for extensions. */
    private static final Set<String> PUBLIC_SERVICES =
            Set.of("911", "112", "999", "988", "933", "211", "311", "411", "511", "611", "711", "811");

    private static final String INTERNAL_MARK = "*";

    private final Course course;
    private final RecordSummary records;
    private final EffectLedger ledger;
    private final Set<String> extensions = new HashSet<>();

    /** An address and the event that names it. */
    private record Address(String text, CallEvent event) {}

    Sides(Course course, RecordSummary records, EffectLedger ledger) {
        this.course = course;
        this.records = records;
        this.ledger = ledger;
        for (var event : course.events()) {
            if (event.extension() != null) {
                extensions.add(event.extension());
            }
        }
        extensions.addAll(records.extensions());
    }

    /** The way the call went, before asking who the other side is: the first event's family, else the record's word. */
    Direction way() {
        var family = course.family();
        if (family != null) {
            return switch (family) {
                case INCOMING -> Direction.INBOUND;
                case OUTGOING -> Direction.OUTBOUND;
                case CALLBACK -> Direction.CALLBACK;
            };
        }
        var word = records.direction();
        return word == null ? Direction.UNKNOWN : word.value();
    }

    Direction direction() {
        var word = records.direction();
        var earliest = course.earliest();
        ledger.note("direction", earliest != null ? earliest.event() : word == null ? null : word.event());
        var address = clientAddress();
        return address != null && isInternal(address.text) ? Direction.INTERNAL : way();
    }

    @Nullable
    Client client() {
        var address = clientAddress();
        if (address == null || isInternal(address.text)) {
            return null;
        }
        var name = clientName(address.text);
        ledger.note("client", address.event);
        ledger.note("client", name == null ? null : name.event());
        return new Client(address.text, name == null ? null : name.value());
    }

    @Nullable
    String businessNumber() {
        var side = way() == Direction.INBOUND ? address(CallEvent::to) : address(CallEvent::from);
        var record = records.businessNumber();
        if (side == null && record != null) {
            side = new Address(record.value(), record.event());
        }
        if (side == null || isInternal(side.text)) {
            return null;
        }
        ledger.note("business_number", side.event);
        return side.text;
    }

    /** The extension that placed an internal call which began as an incoming one; null where it is not plain. */
    @Nullable
    Found<String> internalCaller() {
        var from = way() == Direction.INBOUND ? clientAddress() : null;
        return from != null && isExtension(from.text) ? new Found<>(from.text, from.event) : null;
    }

    private @Nullable Address clientAddress() {
        return switch (way()) {
            case INBOUND -> {
                var from = address(CallEvent::from);
                yield from != null ? from : recordCaller();
            }
            case OUTBOUND, CALLBACK -> {
                var to = address(CallEvent::to);
                yield to != null ? to : recordCalled();
            }
            case INTERNAL, UNKNOWN -> null;
        };
    }

    /** The earliest event's address on one side: every event of a call repeats it. */
    private @Nullable Address address(Function<CallEvent, @Nullable String> side) {
        for (var known : course.events()) {
            var text = side.apply(known.event());
            if (text != null) {
                return new Address(text, known.event());
            }
        }
        return null;
    }

    private @Nullable Address recordCaller() {
        var caller = records.caller();
        return caller == null ? null : addressOf(caller.value(), caller.event());
    }

    /** The first party with a number outside, else the first with an extension. */
    private @Nullable Address recordCalled() {
        var called = records.called();
        if (called == null) {
            return null;
        }
        for (var party : called.value()) {
            if (party.phone() != null) {
                return new Address(party.phone(), called.event());
            }
        }
        return addressOf(called.value().getFirst(), called.event());
    }

    private static @Nullable Address addressOf(Party party, CallEvent event) {
        var text = party.phone() != null ? party.phone() : party.extension();
        return text == null ? null : new Address(text, event);
    }

    /** The name of the party with this number, else of the one party that stands in the client's place. */
    private @Nullable Found<String> clientName(String number) {
        for (var party : records.parties().toList()) {
            var name = party.value().name();
            if (name != null && number.equals(party.value().phone())) {
                return new Found<>(name, party.event());
            }
        }
        var caller = records.caller();
        if (way() == Direction.INBOUND && caller != null && caller.value().extension() == null) {
            var name = caller.value().name();
            return name == null ? null : new Found<>(name, caller.event());
        }
        return null;
    }

    private boolean isInternal(String address) {
        return address.startsWith(INTERNAL_MARK) || isExtension(address);
    }

    private boolean isExtension(String address) {
        return extensions.contains(address)
                || (address.length() >= 2
                        && address.length() <= 4
                        && address.chars().allMatch(character -> character >= '0' && character <= '9')
                        && !PUBLIC_SERVICES.contains(address));
    }

    /** Whether somebody of the account placed the call, as far as the way it went tells. */
    boolean isPlacedByAccount() {
        return course.family() == Family.OUTGOING || way() == Direction.OUTBOUND;
    }
}
