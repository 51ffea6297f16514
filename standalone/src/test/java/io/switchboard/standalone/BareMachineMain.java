package io.switchboard.standalone;

import io.switchboard.standalone.DataFolder.Past;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** One machine with a service that does nothing, so that starts, stops and refusals can be tested by themselves. */
@Command(name = "bare")
final class BareMachineMain implements Callable<Integer> {

    private final RunningParts running = new RunningParts();

    @Parameters
    Path data = Path.of("unset");

    public static void main(String[] arguments) {
        var main = new BareMachineMain();
        System.exit(new CommandLine(main)
                .setExecutionExceptionHandler(
                        (failure, command, parsed) -> Complaints.about(failure, command, main.running))
                .execute(arguments));
    }

    @Override
    public Integer call() throws InterruptedException {
        var service = new Component("service", List.of(), reader -> {
            var brokers = reader.text("KAFKA_BOOTSTRAP_SERVERS", "no brokers");
            return () -> service(brokers);
        });
        var plan = new OneMachine.Plan("bare", data, Past.KEEP, List.of(service), (environment, begun) -> true);
        StopSignal.stops(running);
        System.out.println("starting");
        new OneMachine(plan, Environment.of(System.getenv(), 0), running, System.out).start();
        return SwitchboardMain.untilStopped();
    }

    private static AutoCloseable service(String brokers) {
        System.out.println("service has " + brokers);
        return () -> System.out.println("last service stopped");
    }
}
