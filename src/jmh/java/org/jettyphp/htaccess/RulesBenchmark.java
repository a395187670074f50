package org.jettyphp.htaccess;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What WordPress's own {@code .htaccess} costs a request that knows where its path leads: looking at the file and matching its rules, for a
 * pretty URL in both of its rounds.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class RulesBenchmark {

    private static final Map<String, String> WHERE = Map.of("script", "/wp-login.php", "page", "/2026", "file", "/style.css");

    /** A script, a pretty URL, a plain file. */
    @Param({"script", "page", "file"})
    public String asked;

    private Path root;
    private Htaccess htaccess;
    private Asked facts;
    private Place place;
    private Place rewritten;

    /** As WordPress 6 writes it. */
    public static void plant(Path root) throws IOException {
        try (InputStream rules = Objects.requireNonNull(Asked.class.getResourceAsStream("wordpress.htaccess"))) {
            Files.copy(rules, root.resolve(".htaccess"));
        }
    }

    @Setup
    public void plant() throws IOException {
        root = Files.createTempDirectory("bench").toRealPath();
        plant(root);
        htaccess = new Htaccess();
        String uri = WHERE.get(asked);
        facts = Asked.get(uri);
        boolean page = asked.equals("page");
        place = new Place(root.toString(), uri + (page ? "/11/a-title" : ""), root + uri, page ? "/11/a-title" : "",
                page ? Place.Kind.NOTHING : Place.Kind.FILE);
        rewritten = new Place(root.toString(), "/index.php", root + "/index.php", "", Place.Kind.FILE);
    }

    @TearDown
    public void remove() {
        try {
            Files.delete(root.resolve(".htaccess"));
            Files.delete(root);
        } catch (IOException left) {
            throw new UncheckedIOException(left);
        }
    }

    /** The question to the file system alone. */
    @Benchmark
    public Applied look() {
        return htaccess.inForce(root).of(root, place.name());
    }

    @Benchmark
    public Additions lookAndMatch() {
        HtaccessRequest request = new HtaccessRequest(facts, null);
        RulesInForce rules = htaccess.inForce(root);
        Applied applied = rules.of(root, place.name());
        Outcome outcome = request.enter(applied, place);
        if (outcome instanceof Outcome.Rewritten to) {
            request.redirected(to);
            applied = rules.of(root, rewritten.name());
            request.enter(applied, rewritten);
        }
        return request.additions(applied);
    }
}
