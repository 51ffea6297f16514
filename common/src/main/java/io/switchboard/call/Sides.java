package io.switchboard.call;

import io.switchboard.call.Call.Client;
import io.switchboard.call.Call.Direction;
import io.switchboard.call.CallRecord.Party;
import io.switchboard.call.Disagreement.Field;
import io.switchboard.call.EventName.Family;
import io.switchboard.call.RecordSummary.Found;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who stands on the two sides of a call. {@code From} of an incoming call and {@code To} of an outgoing one or a callback
 * is where the client stands, the account's number is the other. When an extension or an internal address stands in the
 * client's place, the call is internal and has no client.
 *
 * <p>Where a record names another number than the events, the record's wins; the same number in another writing is no
 * other. A record without a number outside says nothing of the client, and a call that the events place inside stays there.
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
    private final @Nullable Found<String> toldClient;
    private final @Nullable Found<String> clientAddress;

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
        toldClient = toldClient();
        clientAddress = clientAddress();
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
        var isInside = clientAddress != null && isInternal(clientAddress.value());
        var direction = isInside ? Direction.INTERNAL : way();
        if (earliest != null && word != null && contradict(direction, word.value())) {
            ledger.disagree(Field.DIRECTION, direction, word);
        }
        return direction;
    }

    /** Nobody knows which word the provider's list has for callbacks and internal calls: every word fits those. */
    private static boolean contradict(Direction told, Direction recorded) {
        return switch (told) {
            case INBOUND, OUTBOUND -> told != recorded;
            case CALLBACK, INTERNAL, UNKNOWN -> false;
        };
    }

    @Nullable
    Client client() {
        if (clientAddress == null || isInternal(clientAddress.value())) {
            return null;
        }
        var name = clientName(clientAddress.value());
        ledger.note("client", clientAddress.event());
        ledger.note("client", name == null ? null : name.event());
        return new Client(clientAddress.value(), name == null ? null : name.value());
    }

    @Nullable
    String businessNumber() {
        var told = outside(told(way() == Direction.INBOUND ? CallEvent::to : CallEvent::from));
        var number = preferred(Field.BUSINESS_NUMBER, told, outside(records.businessNumber()));
        if (number == null) {
            return null;
        }
        ledger.note("business_number", number.event());
        return number.value();
    }

    /** The extension that placed an internal call which began as an incoming one; null where it is not plain. */
    @Nullable
    Found<String> internalCaller() {
        var isPlain = way() == Direction.INBOUND && clientAddress != null && isExtension(clientAddress.value());
        return isPlain ? clientAddress : null;
    }

    /** Whether somebody of the account placed the call, as far as the way it went tells. */
    boolean isPlacedByAccount() {
        return course.family() == Family.OUTGOING || way() == Direction.OUTBOUND;
    }

    private @Nullable Found<String> toldClient() {
        return switch (way()) {
            case INBOUND -> told(CallEvent::from);
            case OUTBOUND, CALLBACK -> told(CallEvent::to);
            case INTERNAL, UNKNOWN -> null;
        };
    }

    private @Nullable Found<String> clientAddress() {
        var recorded = recordedClient();
        var preferred = preferred(Field.CLIENT, toldClient, recorded);
        if (preferred == null) {
            return recordedAddress();
        }
        return toldClient != null && isInternal(toldClient.value()) ? toldClient : preferred;
    }

    /** The record's number unless it is the same one; texts without digits are no numbers, and disagree with none. */
    private @Nullable Found<String> preferred(
            Field field, @Nullable Found<String> told, @Nullable Found<String> recorded) {
        if (told == null || recorded == null) {
            return told == null ? recorded : told;
        }
        if (PhoneNumber.areSame(told.value(), recorded.value())) {
            return told;
        }
        if (PhoneNumber.hasDigits(told.value())) {
            ledger.disagree(field, told.value(), recorded);
        }
        return recorded;
    }

    /** The earliest event's address on one side: every event of a call repeats it. */
    private @Nullable Found<String> told(Function<CallEvent, @Nullable String> side) {
        for (var known : course.events()) {
            var text = side.apply(known.event());
            if (text != null) {
                return new Found<>(text, known.event());
            }
        }
        return null;
    }

    /** The number outside that a record names in the client's place; of several the one that the events tell, too. */
    private @Nullable Found<String> recordedClient() {
        if (records.isEmpty()) {
            return null; // most calls, most of the time
        }
        var numbers = clientPlace().flatMap(this::numberOutside).toList();
        return numbers.stream()
                .filter(number -> toldClient != null && PhoneNumber.areSame(toldClient.value(), number.value()))
                .findFirst()
                .orElse(numbers.isEmpty() ? null : numbers.getFirst());
    }

    /** Those in the client's place by the record's own word; on callbacks, whose word is not known, all of them. */
    private Stream<Found<Party>> clientPlace() {
        var word = records.direction();
        var way = word == null || way() == Direction.CALLBACK ? way() : word.value();
        return switch (way) {
            case INBOUND -> caller();
            case OUTBOUND -> called();
            case CALLBACK -> Stream.concat(caller(), called());
            case INTERNAL, UNKNOWN -> Stream.empty();
        };
    }

    private Stream<Found<Party>> caller() {
        return Stream.ofNullable(records.caller());
    }

    private Stream<Found<Party>> called() {
        var called = records.called();
        return called == null
                ? Stream.empty()
                : called.value().stream().map(party -> new Found<>(party, called.event()));
    }

    /** A party with an extension is inside even when it has a number, and the account's own number is no client's. */
    private Stream<Found<String>> numberOutside(Found<Party> found) {
        var phone = found.value().phone();
        var ours = records.businessNumber();
        var isOutside = phone != null
                && found.value().extension() == null
                && PhoneNumber.hasDigits(phone)
                && !isInternal(phone)
                && (ours == null || !PhoneNumber.areSame(ours.value(), phone));
        return isOutside ? Stream.of(new Found<>(Objects.requireNonNull(phone), found.event())) : Stream.empty();
    }

    /** Whatever stands in the client's place of a record when there is no number outside. */
    private @Nullable Found<String> recordedAddress() {
        var place = switch (way()) {
            case INBOUND -> caller();
            case OUTBOUND, CALLBACK -> called();
            case INTERNAL, UNKNOWN -> Stream.<Found<Party>>empty();
        };
        var first = place.findFirst().orElse(null);
        if (first == null) {
            return null;
        }
        var party = first.value();
        var text = party.extension() != null ? party.extension() : party.phone();
        return text == null ? null : new Found<>(text, first.event());
    }

    /** The name of the party with this number, else of the one party that stands in the client's place, else a widget's. */
    private @Nullable Found<String> clientName(String number) {
        for (var party : records.parties().toList()) {
            var name = party.value().name();
            var phone = party.value().phone();
            if (name != null && phone != null && PhoneNumber.areSame(number, phone)) {
                return new Found<>(name, party.event());
            }
        }
        var caller = records.caller();
        if (way() == Direction.INBOUND && caller != null && caller.value().extension() == null) {
            var name = caller.value().name();
            if (name != null) {
                return new Found<>(name, caller.event());
            }
        }
        var isWidget =
                toldClient != null && !toldClient.value().equals(number) && !PhoneNumber.hasDigits(toldClient.value());
        return isWidget ? toldClient : null;
    }

    private @Nullable Found<String> outside(@Nullable Found<String> address) {
        return address == null || isInternal(address.value()) ? null : address;
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
}
