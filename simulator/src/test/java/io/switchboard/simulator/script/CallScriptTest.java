package io.switchboard.simulator.script;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.simulator.script.ScriptedEvent.Reach;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Extensions are written a, b, c in the order in which they appear; {@code end} marks the end of the whole call. */
class CallScriptTest {
    private static final Company COMPANY = Company.standard();
    private static final int SEEDS = 200;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ANSWERED            | IncomingCall, IncomingCallRinging a, IncomingCallConnected a, IncomingCallCompleted end
            WIDGET              | IncomingCall, IncomingCallRinging a, IncomingCallConnected a, IncomingCallCompleted end
            SEQUENTIAL          | IncomingCall, IncomingCallRinging a, IncomingCallStopRinging a, IncomingCallRinging b, IncomingCallConnected b, IncomingCallCompleted end
            DROPPED             | IncomingCall, IncomingCallCompleted end
            MISSED              | IncomingCall, IncomingCallRinging a, IncomingCallStopRinging a, IncomingCallCompleted end
            VOICEMAIL           | IncomingCall, IncomingCallRinging a, IncomingStopRinging a, IncomingCallCompleted end
            TRANSFER            | IncomingCall, IncomingCallRinging a, IncomingCallConnected a, IncomingCallRinging b, IncomingCallCompleted a, IncomingCallConnected b, IncomingCallCompleted end
            OUTGOING            | OutgoingCall a, OutgoingCallConnected a, OutgoingCallCompleted end
            OUTGOING_UNANSWERED | OutgoingCall a, OutgoingCallCompleted end
            CALLBACK            | CallbackCall, CallbackCallRinging a, CallbackCallConnected a, CallbackCallCompleted end
            CALLBACK_UNANSWERED | CallbackCall, CallbackCallRinging a, CallbackCallStopRinging a, CallbackCallCompleted end
            CALLBACK_CONSULT    | CallbackCall, CallbackCallRinging a, CallbackCallConnected a, IncomingCallRinging b, IncomingCallConnected b, IncomingCallCompleted b, CallbackCallCompleted end
            CALLBACK_TRANSFER   | CallbackCall, CallbackCallRinging a, CallbackCallConnected a, IncomingCallRinging b, CallbackCallCompleted a, IncomingCallConnected b, IncomingCallCompleted b, CallbackCallCompleted end
            INTERNAL            | OutgoingCall a, IncomingCallRinging b, IncomingCallConnected b, IncomingCallCompleted b, OutgoingCallCompleted end
            """)
    void everyKindTellsItsSequence(CallKind kind, String expected) {
        for (int seed = 0; seed < SEEDS; seed++) {
            assertThat(told(write(kind, seed))).as("seed %d", seed).isEqualTo(expected);
        }
    }

    @Test
    void aGroupRingsTogetherStopsTogetherAndOneOfItAnswers() {
        for (int seed = 0; seed < SEEDS; seed++) {
            assertThat(told(write(CallKind.GROUP, seed)))
                    .as("seed %d", seed)
                    .matches("IncomingCall, IncomingCallRinging a, IncomingCallRinging b, IncomingCallRinging c, "
                            + "IncomingCallStopRinging a, IncomingCallStopRinging b, IncomingCallStopRinging c, "
                            + "IncomingCallConnected [abc], IncomingCallCompleted end");
        }
    }

    @Test
    void aCallThatNeverEndsHasNoEndEvent() {
        assertThat(told(write(CallKind.NEVER_ENDED, 1)))
                .isEqualTo("IncomingCall, IncomingCallRinging a, IncomingCallConnected a");
    }

    @ParameterizedTest
    @EnumSource(value = CallKind.class, mode = EnumSource.Mode.EXCLUDE, names = "NEVER_ENDED")
    void timesNeverGoBackAndOnlyTheLastEventEndsTheCall(CallKind kind) {
        for (int seed = 0; seed < SEEDS; seed++) {
            var call = write(kind, seed);

            assertThat(call.events())
                    .extracting(ScriptedEvent::at)
                    .as("seed %d", seed)
                    .isSorted();
            assertThat(call.events())
                    .extracting(ScriptedEvent::reach)
                    .as("seed %d", seed)
                    .containsOnlyOnce(Reach.WHOLE_CALL_END);
            assertThat(call.events().getLast().reach()).isEqualTo(Reach.WHOLE_CALL_END);
            assertThat(call.duration()).as("seed %d", seed).isLessThan(Duration.ofHours(1));
            assertThat(call.duration().compareTo(Duration.ofSeconds(4)) < 0)
                    .as("seed %d", seed)
                    .isEqualTo(kind == CallKind.DROPPED);
        }
    }

    @ParameterizedTest
    @EnumSource(CallKind.class)
    void contactCentreTimesNeverGoBackAndIdsDoNotRepeat(CallKind kind) {
        for (int seed = 0; seed < SEEDS; seed++) {
            var call = ContactCentre.tell(write(kind, seed));

            assertThat(call.events())
                    .extracting(ScriptedEvent::at)
                    .as("seed %d", seed)
                    .isSorted();
            assertThat(call.events())
                    .extracting(ScriptedEvent::guid)
                    .as("seed %d", seed)
                    .doesNotHaveDuplicates();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ANSWERED            | IncomingCall, IncomingCallAgentRinging a, IncomingCallAgentConnected a, IncomingCallAgentCompleted a, IncomingCallCompleted end
            SEQUENTIAL          | IncomingCall, IncomingCallAgentRinging a, IncomingCallAgentCompleted a, IncomingCallAgentRinging b, IncomingCallAgentConnected b, IncomingCallAgentCompleted b, IncomingCallCompleted end
            MISSED              | IncomingCall, IncomingCallAgentRinging a, IncomingCallAgentCompleted a, IncomingCallCompleted end
            VOICEMAIL           | IncomingCall, IncomingCallAgentRinging a, IncomingCallAgentCompleted a, IncomingCallCompleted end
            TRANSFER            | IncomingCall, IncomingCallAgentRinging a, IncomingCallAgentConnected a, IncomingCallAgentRinging b, IncomingCallAgentCompleted a, IncomingCallAgentConnected b, IncomingCallAgentCompleted b, IncomingCallCompleted end
            OUTGOING            | OutgoingCall a, OutgoingCallAgentDialing a, OutgoingCallAgentConnected a, OutgoingCallAgentCompleted a, OutgoingCallCompleted end
            OUTGOING_UNANSWERED | OutgoingCall a, OutgoingCallAgentDialing a, OutgoingCallAgentCompleted a, OutgoingCallCompleted end
            INTERNAL            | OutgoingCall a, OutgoingCallAgentDialing a, IncomingCallAgentRinging b, IncomingCallAgentConnected b, IncomingCallAgentCompleted b, OutgoingCallAgentCompleted a, OutgoingCallCompleted end
            CALLBACK_CONSULT    | CallbackCall, CallbackCallRinging a, CallbackCallConnected a, IncomingCallAgentRinging b, IncomingCallAgentConnected b, IncomingCallAgentCompleted b, CallbackCallCompleted end
            """)
    void contactCentresTellTheSameCallInTheirNames(CallKind kind, String expected) {
        for (int seed = 0; seed < SEEDS; seed++) {
            assertThat(told(ContactCentre.tell(write(kind, seed))))
                    .as("seed %d", seed)
                    .isEqualTo(expected);
        }
    }

    @Test
    void inAContactCentreOnlyTheOthersOfAGroupCompleteWhenOneAnswers() {
        for (int seed = 0; seed < SEEDS; seed++) {
            var told = told(ContactCentre.tell(write(CallKind.GROUP, seed)));
            var answering = told.replaceAll(".*AgentConnected (.).*", "$1");
            var others = List.of("a", "b", "c").stream()
                    .filter(extension -> !extension.equals(answering))
                    .map(extension -> "IncomingCallAgentCompleted " + extension)
                    .collect(Collectors.joining(", "));

            assertThat(told)
                    .as("seed %d", seed)
                    .endsWith("IncomingCallAgentRinging c, " + others + ", IncomingCallAgentConnected " + answering
                            + ", IncomingCallAgentCompleted " + answering + ", IncomingCallCompleted end");
        }
    }

    @Test
    void partiesStandWhereTheDirectionPutsThem() {
        for (int seed = 0; seed < SEEDS; seed++) {
            var inbound = write(CallKind.ANSWERED, seed);
            assertThat(COMPANY.clients()).contains(inbound.from());
            assertThat(COMPANY.businessNumbers()).contains(inbound.to());
            var outgoing = write(CallKind.OUTGOING, seed);
            assertThat(COMPANY.businessNumbers()).contains(outgoing.from());
            assertThat(COMPANY.clients()).contains(outgoing.to());
            var callback = write(CallKind.CALLBACK, seed);
            assertThat(COMPANY.businessNumbers()).contains(callback.from());
            assertThat(COMPANY.clients()).contains(callback.to());
            assertThat(COMPANY.widgets()).contains(write(CallKind.WIDGET, seed).from());
            var internal = write(CallKind.INTERNAL, seed);
            assertThat(COMPANY.businessNumbers()).contains(internal.from());
            assertThat(internal.to()).isEqualTo(internal.events().get(1).extension());
        }
    }

    @Test
    void theSameSeedWritesTheSameCallAndAnotherSeedAnother() {
        assertThat(write(CallKind.TRANSFER, 7)).isEqualTo(write(CallKind.TRANSFER, 7));
        assertThat(write(CallKind.TRANSFER, 7)).isNotEqualTo(write(CallKind.TRANSFER, 8));
    }

    @Test
    void allNumbersAreFictional() {
        assertThat(COMPANY.clients()).hasSize(500).doesNotHaveDuplicates().allMatch(CallScriptTest::isFictional);
        assertThat(COMPANY.businessNumbers()).allMatch(CallScriptTest::isFictional);
    }

    @Test
    void everyKindIsDrawnAboutAsOftenAsItsWeight() {
        var random = new SplittableRandom(1);
        var drawn = new ArrayList<CallKind>();
        for (int i = 0; i < 10_000; i++) {
            drawn.add(CallKind.draw(random));
        }

        assertThat(drawn)
                .contains(EnumSet.complementOf(EnumSet.of(CallKind.NEVER_ENDED, CallKind.DROPPED))
                        .toArray(CallKind[]::new))
                .doesNotContain(CallKind.NEVER_ENDED, CallKind.DROPPED);
        assertThat(drawn.stream().filter(kind -> kind == CallKind.ANSWERED)).hasSizeBetween(2_800, 3_200);
    }

    private static boolean isFictional(String number) {
        return number.matches("\\+1\\d{3}55501\\d\\d");
    }

    private static ScriptedCall write(CallKind kind, long seed) {
        return CallScript.write(kind, COMPANY, new SplittableRandom(seed));
    }

    private static String told(ScriptedCall call) {
        var seen = new ArrayList<String>();
        return call.events().stream().map(event -> told(event, seen)).collect(Collectors.joining(", "));
    }

    private static String told(ScriptedEvent event, List<String> seen) {
        var name = event.name().wire();
        if (event.reach() == Reach.WHOLE_CALL_END) {
            return name + " end";
        }
        var extension = event.extension();
        if (extension == null) {
            return name;
        }
        if (!seen.contains(extension)) {
            seen.add(extension);
        }
        return name + " " + (char) ('a' + seen.indexOf(extension));
    }
}
