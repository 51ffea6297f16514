package io.switchboard.simulator.script;

import static io.switchboard.call.EventName.*;

import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * Writes one call of a kind. The orders of events are those of MightyCall's documented sequences; those it leaves open
 * (unanswered outgoing calls, the transfer of an incoming call) follow the nearest documented one.
 */
public final class CallScript {
    private final Company company;
    private final SplittableRandom random;
    private final Timeline timeline;

    private CallScript(Company company, SplittableRandom random) {
        this.company = company;
        this.random = random;
        this.timeline = new Timeline(random);
    }

    /** Writes a call; the same random numbers write the same call. */
    public static ScriptedCall write(CallKind kind, Company company, SplittableRandom random) {
        var id = guid(random);
        var business = company.businessNumber(random);
        var client = company.client(random);
        var script = new CallScript(company, random);
        return switch (kind.direction()) {
            case INBOUND -> new ScriptedCall(id, kind, script.caller(kind, client), business, script.events(kind));
            case OUTBOUND, CALLBACK -> new ScriptedCall(id, kind, business, client, script.events(kind));
            case INTERNAL -> script.internal(id, business);
            case UNKNOWN -> throw new IllegalArgumentException("no kind of call has an unknown direction");
        };
    }

    /** A random GUID (RFC 9562, version 4). */
    public static UUID guid(SplittableRandom random) {
        var high = random.nextLong() & ~0xF000L | 0x4000L;
        var low = random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    private String caller(CallKind kind, String client) {
        return kind == CallKind.WIDGET ? company.widget(random) : client;
    }

    private List<ScriptedEvent> events(CallKind kind) {
        return switch (kind) {
            case ANSWERED, WIDGET -> answered(one());
            case SEQUENTIAL -> sequential(two());
            case GROUP -> group(company.extensions(random, Company.LEAST_EXTENSIONS));
            case MISSED -> missed(one());
            case VOICEMAIL -> voicemail(one());
            case TRANSFER -> transfer(two());
            case OUTGOING -> outgoing(one());
            case OUTGOING_UNANSWERED -> outgoingUnanswered(one());
            case CALLBACK -> callback(one());
            case CALLBACK_UNANSWERED -> callbackUnanswered(one());
            case CALLBACK_CONSULT -> callbackConsult(two());
            case CALLBACK_TRANSFER -> callbackTransfer(two());
            case DROPPED -> timeline.event(INCOMING_CALL).pause(0.5, 3.5).end(INCOMING_CALL_COMPLETED, null);
            case NEVER_ENDED -> neverEnded(one());
            case INTERNAL -> throw new IllegalArgumentException("an internal call has its own From and To");
        };
    }

    private List<ScriptedEvent> answered(String agent) {
        return incoming()
                .event(INCOMING_CALL_RINGING, agent)
                .pause(2, 14)
                .event(INCOMING_CALL_CONNECTED, agent)
                .talk()
                .end(INCOMING_CALL_COMPLETED, agent);
    }

    private List<ScriptedEvent> sequential(List<String> agents) {
        return incoming()
                .event(INCOMING_CALL_RINGING, agents.get(0))
                .pause(12, 20)
                .event(INCOMING_CALL_STOP_RINGING, agents.get(0))
                .pause(0.3, 1.5)
                .event(INCOMING_CALL_RINGING, agents.get(1))
                .pause(2, 14)
                .event(INCOMING_CALL_CONNECTED, agents.get(1))
                .talk()
                .end(INCOMING_CALL_COMPLETED, agents.get(1));
    }

    /** Everybody's phone stops ringing, the answering one's too, and then the answering one is connected. */
    private List<ScriptedEvent> group(List<String> agents) {
        var ringing = incoming();
        for (var agent : agents) {
            ringing.event(INCOMING_CALL_RINGING, agent).pause(0.01, 0.2);
        }
        ringing.pause(2, 12);
        for (var agent : agents) {
            ringing.event(INCOMING_CALL_STOP_RINGING, agent).pause(0.01, 0.1);
        }
        var answering = agents.get(random.nextInt(agents.size()));
        return ringing.event(INCOMING_CALL_CONNECTED, answering).talk().end(INCOMING_CALL_COMPLETED, answering);
    }

    private List<ScriptedEvent> missed(String agent) {
        return incoming()
                .event(INCOMING_CALL_RINGING, agent)
                .pause(15, 25)
                .event(INCOMING_CALL_STOP_RINGING, agent)
                .pause(0.5, 2)
                .end(INCOMING_CALL_COMPLETED, agent);
    }

    private List<ScriptedEvent> voicemail(String agent) {
        return incoming()
                .event(INCOMING_CALL_RINGING, agent)
                .pause(15, 25)
                .event(INCOMING_STOP_RINGING, agent)
                .pause(12, 75)
                .end(INCOMING_CALL_COMPLETED, agent);
    }

    private List<ScriptedEvent> transfer(List<String> agents) {
        return incoming()
                .event(INCOMING_CALL_RINGING, agents.get(0))
                .pause(2, 14)
                .event(INCOMING_CALL_CONNECTED, agents.get(0))
                .talk()
                .event(INCOMING_CALL_RINGING, agents.get(1))
                .pause(3, 10)
                .event(INCOMING_CALL_COMPLETED, agents.get(0))
                .pause(0.2, 1)
                .event(INCOMING_CALL_CONNECTED, agents.get(1))
                .talk()
                .end(INCOMING_CALL_COMPLETED, agents.get(1));
    }

    private List<ScriptedEvent> outgoing(String agent) {
        return timeline.event(OUTGOING_CALL, agent)
                .pause(5, 20)
                .event(OUTGOING_CALL_CONNECTED, agent)
                .talk()
                .end(OUTGOING_CALL_COMPLETED, agent);
    }

    private List<ScriptedEvent> outgoingUnanswered(String agent) {
        return timeline.event(OUTGOING_CALL, agent).pause(15, 40).end(OUTGOING_CALL_COMPLETED, agent);
    }

    private List<ScriptedEvent> callback(String agent) {
        return callbackConnected(agent).talk().end(CALLBACK_CALL_COMPLETED, agent);
    }

    private List<ScriptedEvent> callbackUnanswered(String agent) {
        return callbackRinging(agent)
                .pause(15, 25)
                .event(CALLBACK_CALL_STOP_RINGING, agent)
                .pause(0.5, 2)
                .end(CALLBACK_CALL_COMPLETED, agent);
    }

    private List<ScriptedEvent> callbackConsult(List<String> agents) {
        return callbackConnected(agents.get(0))
                .talk()
                .event(INCOMING_CALL_RINGING, agents.get(1))
                .pause(2, 10)
                .event(INCOMING_CALL_CONNECTED, agents.get(1))
                .pause(10, 60)
                .event(INCOMING_CALL_COMPLETED, agents.get(1))
                .talk()
                .end(CALLBACK_CALL_COMPLETED, agents.get(0));
    }

    private List<ScriptedEvent> callbackTransfer(List<String> agents) {
        return callbackConnected(agents.get(0))
                .talk()
                .event(INCOMING_CALL_RINGING, agents.get(1))
                .pause(2, 10)
                .event(CALLBACK_CALL_COMPLETED, agents.get(0))
                .pause(0.2, 1)
                .event(INCOMING_CALL_CONNECTED, agents.get(1))
                .talk()
                .event(INCOMING_CALL_COMPLETED, agents.get(1))
                .pause(0.2, 1)
                .end(CALLBACK_CALL_COMPLETED, agents.get(1));
    }

    private List<ScriptedEvent> neverEnded(String agent) {
        return incoming()
                .event(INCOMING_CALL_RINGING, agent)
                .pause(2, 14)
                .event(INCOMING_CALL_CONNECTED, agent)
                .breakOff();
    }

    private ScriptedCall internal(UUID id, String business) {
        var parties = two();
        var colleague = parties.get(1);
        var events = timeline.event(OUTGOING_CALL, parties.get(0))
                .pause(1, 3)
                .event(INCOMING_CALL_RINGING, colleague)
                .pause(2, 10)
                .event(INCOMING_CALL_CONNECTED, colleague)
                .talk()
                .event(INCOMING_CALL_COMPLETED, colleague)
                .pause(0.2, 1)
                .end(OUTGOING_CALL_COMPLETED, null);
        return new ScriptedCall(id, CallKind.INTERNAL, business, colleague, events);
    }

    private Timeline incoming() {
        return timeline.event(INCOMING_CALL).pause(2, 6);
    }

    private Timeline callbackRinging(String agent) {
        return timeline.event(CALLBACK_CALL).pause(2, 6).event(CALLBACK_CALL_RINGING, agent);
    }

    private Timeline callbackConnected(String agent) {
        return callbackRinging(agent).pause(2, 14).event(CALLBACK_CALL_CONNECTED, agent);
    }

    private String one() {
        return company.extensions(random, 1).getFirst();
    }

    private List<String> two() {
        return company.extensions(random, 2);
    }
}
