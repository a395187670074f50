package org.jettyphp.fpm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lets php-fpm itself judge its configuration ({@code php-fpm -t}): one that runs must not be made to take one it cannot start with. */
final class ConfigurationCheck {

    /** Of php.ini: php-fpm starts all the same, without the values behind the mistake. */
    private static final String HALF_READ = "PHP:  syntax error";

    private ConfigurationCheck() {}

    /** What is wrong; empty: nothing. */
    static Optional<String> fault(List<String> program) throws IOException {
        List<String> command = new ArrayList<>(program);
        command.add("-t");
        Process test = ChildProcess.start(command);
        test.getOutputStream().close();
        String said = new String(test.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            boolean usable = test.waitFor() == 0 && !said.contains(HALF_READ);
            return usable ? Optional.empty()
                    : Optional.of(String.join(" | ", said.lines().filter(line -> !line.isBlank() && !line.contains("NOTICE:")).toList()));
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        }
    }
}
