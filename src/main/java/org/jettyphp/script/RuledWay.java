package org.jettyphp.script;

import java.nio.file.Path;
import java.util.List;
import org.jettyphp.htaccess.Applied;
import org.jettyphp.htaccess.HtaccessRequest;
import org.jettyphp.htaccess.Outcome;
import org.jettyphp.htaccess.Place;
import org.jettyphp.htaccess.RulesInForce;
import org.jettyphp.script.Decision.Elsewhere;
import org.jettyphp.script.Decision.Forbidden;
import org.jettyphp.script.Decision.NotFound;
import org.jettyphp.script.Decision.Refused;
import org.jettyphp.script.Decision.RunScript;
import org.jettyphp.script.Decision.ServeFile;
import org.jspecify.annotations.Nullable;

/**
 * One request's way through a document root with rules of the application's own. Each round: what is denied is not there; then the rules say
 * whether it may be had, and where it leads; a path they have rewritten begins again from the top, so that nothing that is denied, nothing
 * that must not run and no link out is reached by it. The order within a round is Apache's: access, what rewriting forbids or sends elsewhere,
 * {@code Redirect}, the slash of a directory, the rewritten path, the index of a directory.
 */
final class RuledWay {

    private final LocalTree tree;
    private final @Nullable RulesInForce htaccess;
    private final Applied settings;
    private final Path root;
    private final String rootName;
    private final HtaccessRequest request;

    /**
     * Begins a way.
     *
     * @param htaccess null: it is not read
     * @param settings the rules of the settings
     * @param root the real document root
     */
    RuledWay(LocalTree tree, @Nullable RulesInForce htaccess, Applied settings, Path root, HtaccessRequest request) {
        this.tree = tree;
        this.htaccess = htaccess;
        this.settings = settings;
        this.root = root;
        this.rootName = root.getNameCount() == 0 ? "" : root.toString();
        this.request = request;
    }

    /** Either the end, or where to go on. */
    private record Step(@Nullable Resolution end, @Nullable UrlPath next) {

        static Step to(Resolution resolution) {
            return new Step(resolution, null);
        }
    }

    /** @throws UnusablePathException if a path cannot be looked for, rewritten ones too */
    Resolution decide(UrlPath first) {
        Step step = round(first);
        boolean elsewhere = false;
        while (step.end() == null && step.next() != null) {
            step = round(step.next());
            elsewhere = true;
        }
        Resolution end = step.end() != null ? step.end() : Resolution.of(new NotFound("the rules lead nowhere", true));
        return elsewhere ? new Resolution(notAsRequested(end.decision()), end.additions()) : end;
    }

    private Step round(UrlPath path) {
        Spot spot = Spot.find(root, path);
        Place place = place(spot, path);
        Applied rules = rules(spot, path, place);
        Decision denied = tree.denied(spot, path, tree.tried().answersMissing() || settings.answersMissing() || rules.answersMissing());
        if (denied != null) {
            return Step.to(new Resolution(denied, request.additions(rules)));
        }
        Outcome outcome = request.enter(settings, place);
        if (outcome instanceof Outcome.Stays) {
            outcome = request.enterToo(rules, place);
        }
        Decision refused = refused(outcome);
        if (refused != null) {
            return Step.to(new Resolution(refused, request.additions(rules)));
        }
        if (spot.kind() == Spot.Kind.DIRECTORY) {
            return directory(new Found(spot, path, place, rules), outcome);
        }
        if (outcome instanceof Outcome.Rewritten to) {
            return rewritten(to, rules);
        }
        UrlPath fallback = spot.kind() == Spot.Kind.NOTHING ? otherFor(path, rules) : null;
        return fallback != null && !isSame(path, fallback) ? new Step(null, fallback)
                : Step.to(finished(tree.decide(root, spot, path), rules, place));
    }

    private record Found(Spot spot, UrlPath path, Place place, Applied rules) {}

    private Step directory(Found found, Outcome outcome) {
        Spot spot = found.spot();
        UrlPath path = found.path();
        Applied rules = found.rules();
        boolean entered = tree.tried().directories() && tree.tried().foundBeforeDirectory(root, path, tree.policy()) == null;
        if (entered && !path.endsWithSlash()) {
            Applied own = htaccess == null ? Applied.NONE : htaccess.of(spot.path(), "");
            if (!request.mayHaveToo(own, request.contextPath() + path.whole())) {
                return Step.to(new Resolution(new Refused(403, "access to " + spot.path() + " is denied"), request.additions(own)));
            }
            return Step.to(new Resolution(tree.redirect(root, spot, path), request.additions(rules)));
        }
        if (outcome instanceof Outcome.Rewritten to) {
            return rewritten(to, rules);
        }
        Step index = entered ? index(path, rules) : null;
        if (index != null) {
            return index;
        }
        boolean listed = entered && tree.policy().lists() && !rules.hidesContent();
        UrlPath fallback = listed ? fallback(rules) : otherFor(path, rules);
        if (fallback != null) {
            return new Step(null, fallback);
        }
        Decision decision = listed
                ? new Listing(root, spot.path(), path, tree.policy(), this::child).made()
                : tree.nothing(root, spot, path);
        // Nobody else may look for an index: the rules have said which ones there are.
        return Step.to(finished(htaccess != null && decision instanceof NotFound none ? new Refused(403, none.reason()) : decision, rules,
                found.place()));
    }

    /** The first of its files that exists and may be had; if all that exist may not, why; null if none exists. */
    private @Nullable Step index(UrlPath directory, Applied rules) {
        Step refusal = null;
        List<String> names = rules.index() == null ? tree.index() : rules.index();
        for (String name : names) {
            UrlPath path = UrlPath.decode((name.startsWith("/") ? "" : directory.encoded() + "/") + PercentCode.encode(name));
            Spot file = Spot.find(root, path);
            if (file.kind() != Spot.Kind.FILE || file.depth() < path.length()) {
                continue;
            }
            Place place = place(file, path);
            Applied ofFile = rules(file, path, place);
            Outcome outcome = request.enterIndex(settings, place);
            if (outcome instanceof Outcome.Stays) {
                outcome = request.enterIndex(ofFile, place);
            }
            Decision refused = tree.denied(file, path, false) != null ? new NotFound("it is never served", true) : refused(outcome);
            if (refused == null) {
                return outcome instanceof Outcome.Rewritten to
                        ? rewritten(to, ofFile)
                        : Step.to(finished(notAsRequested(tree.decide(root, file, path)), ofFile, place));
            }
            refusal = Step.to(new Resolution(refused, request.additions(ofFile)));
        }
        return refusal;
    }

    /** Nobody else may look for it by the URL, which the rules have led away from: that may well name a file, or a script. */
    private static Decision notAsRequested(Decision decision) {
        if (decision instanceof NotFound missing) {
            return new NotFound(missing.reason(), true);
        }
        return decision instanceof ServeFile file ? file.forAnotherUrl() : decision;
    }

    private Step rewritten(Outcome.Rewritten to, Applied rules) {
        Outcome.Refused tooOften = request.redirected(to);
        if (tooOften != null) {
            return Step.to(new Resolution(new Refused(tooOften.status(), tooOften.reason()), request.additions(rules)));
        }
        UrlPath next = below(to.path());
        return next == null
                ? Step.to(Resolution.of(new NotFound("the rules lead to " + to.path() + ", outside the application", true)))
                : new Step(null, next);
    }

    /** What answers in the place of what is not there, and is decided anew, with the rules of its own directory; null: nothing but the fallback. */
    private @Nullable UrlPath otherFor(UrlPath path, Applied rules) {
        UrlPath fallback = fallback(rules);
        return fallback != null ? fallback : tree.tried().found(root, path, tree.policy());
    }

    /** {@code FallbackResource}, if there is such a file. */
    private @Nullable UrlPath fallback(Applied rules) {
        String said = rules.fallback();
        UrlPath path = said == null || said.isEmpty() ? null : below(said);
        return path != null && Spot.find(root, path).kind() == Spot.Kind.FILE ? path : null;
    }

    private static boolean isSame(UrlPath path, UrlPath other) {
        return path.encoded().equals(other.encoded());
    }

    /** A decoded URL path of the server as one of ours; null if it is another application's. */
    private @Nullable UrlPath below(String path) {
        String context = request.contextPath();
        if (!path.equals(context) && !path.startsWith(context + "/")) {
            return null;
        }
        return UrlPath.decode(PercentCode.encode(path.substring(context.length())));
    }

    private static @Nullable Decision refused(Outcome outcome) {
        if (outcome instanceof Outcome.Moved moved) {
            return new Elsewhere(moved.status(), moved.location());
        }
        return outcome instanceof Outcome.Refused refused ? new Refused(refused.status(), refused.reason()) : null;
    }

    /** As if it had been asked for, which takes all rules. */
    private Decision child(UrlPath path) {
        return new RuledWay(tree, htaccess, settings, root, request.another()).decide(path).decision();
    }

    /** What the rules of the file itself say, which may be another one than that of the URL: a fallback of the settings. */
    private Resolution finished(Decision decision, Applied rules, Place place) {
        String named = decision instanceof RunScript script ? script.scriptName()
                : decision instanceof ServeFile file ? PercentCode.decode(file.path()) : null;
        if (named == null) {
            return new Resolution(decision, request.additions(rules));
        }
        boolean another = !place.filename().equals(rootName + named);
        Applied ofFile = another ? rules(Path.of(rootName + named)) : rules;
        if (another && !request.mayHaveToo(ofFile, request.contextPath() + named)) {
            return new Resolution(new Refused(403, "access to " + named + " is denied"), request.additions(rules));
        }
        return decision instanceof RunScript script ? run(script, ofFile) : send((ServeFile) decision, ofFile, rules);
    }

    private Resolution run(RunScript script, Applied rules) {
        return new Resolution(rules.runsNothing()
                ? new Forbidden(script.scriptName() + " is where scripts do not run (.htaccess)")
                : rules.php().isEmpty() ? script : script.withPhp(rules.php()), request.additions(rules));
    }

    /** @param of of the file itself */
    private Resolution send(ServeFile file, Applied of, Applied rules) {
        String why = of.notSent(file.path());
        return new Resolution(why == null ? file : new Forbidden(file.path() + " " + why), request.additions(rules));
    }

    private Applied rules(Spot spot, UrlPath path, Place place) {
        boolean within = spot.kind() == Spot.Kind.NOTHING || spot.kind() == Spot.Kind.DIRECTORY && path.endsWithSlash();
        Path directory = within ? spot.path() : spot.path().getParent();
        return htaccess == null ? Applied.NONE : htaccess.of(directory == null ? spot.path() : directory, place.name());
    }

    private Applied rules(Path file) {
        Path directory = file.getParent();
        return htaccess == null || directory == null ? Applied.NONE : htaccess.of(directory, String.valueOf(file.getFileName()));
    }

    private Place place(Spot spot, UrlPath path) {
        String uri = request.contextPath() + path.whole();
        String at = spot.path().toString();
        String after = path.after(spot.depth());
        String rest = after == null ? "" : after;
        return switch (spot.kind()) {
            case FILE -> new Place(rootName, uri, at, rest, Place.Kind.FILE);
            case DIRECTORY -> new Place(rootName, uri, path.endsWithSlash() && !at.endsWith("/") ? at + "/" : at, "", Place.Kind.DIRECTORY);
            case NOTHING -> {
                int end = rest.indexOf('/', 1);
                String name = end < 0 ? rest : rest.substring(0, end);
                yield new Place(rootName, uri, (at.endsWith("/") ? at.substring(0, at.length() - 1) : at) + name,
                        end < 0 ? "" : rest.substring(end), spot.lacks(path, name) ? Place.Kind.NOTHING : Place.Kind.UNKNOWN);
            }
        };
    }
}
