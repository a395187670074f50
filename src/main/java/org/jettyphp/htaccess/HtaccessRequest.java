package org.jettyphp.htaccess;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way through the rules: its query and its variables, over all rewritings. Belongs to one thread.
 *
 * <p>Each time it is asked for the place that its path leads to now, it goes through access control, rewriting and {@code Redirect}; when a
 * rewriting has led elsewhere, {@link #redirected} begins the next round there.
 */
public final class HtaccessRequest {

    /** Apache's {@code LimitInternalRecursion}. */
    private static final int MOST_REWRITINGS = 10;

    private static final String BEFORE = "REDIRECT_";

    private final RequestFacts facts;
    private Map<String, String> variables = new LinkedHashMap<>();
    private @Nullable String query;
    private @Nullable String type;
    private boolean rewrites = true;
    private int rewritings;

    /** @param query as received; null: none */
    public HtaccessRequest(RequestFacts facts, @Nullable String query) {
        this.facts = facts;
        this.query = query;
    }

    RequestFacts facts() {
        return facts;
    }

    /** The query as it is now; null: none. */
    public @Nullable String query() {
        return query;
    }

    /** What URLs begin with, decoded; empty for the root. */
    public String contextPath() {
        return facts.contextPath();
    }

    /** The same client's, for something else. */
    public HtaccessRequest another() {
        return new HtaccessRequest(facts, null);
    }

    /**
     * Whether access control lets this client have what answers in the place of what it has asked for. Nothing is changed.
     *
     * @param uri of that
     */
    public boolean mayHaveToo(Applied rules, String uri) {
        Map<String, String> before = variables;
        variables = new LinkedHashMap<>(before);
        try {
            return grants(rules, uri);
        } catch (BoundedText.TooCostlyException costly) {
            return false;
        } finally {
            variables = before;
        }
    }

    private boolean grants(Applied rules, String uri) {
        for (VariableRule rule : rules.directives().environment().rules()) {
            rule.apply(this, uri);
        }
        return rules.directives().access().grants(this);
    }

    /** A variable's value; null: it is not set. */
    @Nullable
    String variable(String name) {
        return variables.get(name);
    }

    /** Null unsets it. */
    void set(String name, @Nullable String value) {
        if (value == null) {
            variables.remove(name);
        } else {
            variables.put(name, value);
        }
    }

    void forceType(String mediaType) {
        type = mediaType;
    }

    /** {@code END}. */
    void rewritesNoMore() {
        rewrites = false;
    }

    /** Decides about the place that the request's own path, or a rewritten one, leads to. */
    public Outcome enter(Applied rules, Place place) {
        type = null;
        return pass(rules, place, false);
    }

    /** The same with rules that come behind those, which have let it stay. */
    public Outcome enterToo(Applied rules, Place place) {
        return pass(rules, place, false);
    }

    /** Decides about a file that would answer for a directory; nobody is sent elsewhere for that. */
    public Outcome enterIndex(Applied rules, Place place) {
        return pass(rules, place, true);
    }

    private Outcome pass(Applied rules, Place place, boolean forIndex) {
        try {
            if (!grants(rules, place.uri())) {
                return new Outcome.Refused(403, "access to " + place.filename() + " is denied");
            }
            Outcome outcome = rewrites && rules.rewrites()
                    ? new Rewriting(this, place, rules.rewriteRules(), rules.rewriteDirectory(), forIndex).run()
                    : new Outcome.Stays(query);
            if (outcome instanceof Outcome.Stays stays) {
                query = stays.query();
            }
            boolean ended = outcome instanceof Outcome.Moved || outcome instanceof Outcome.Refused;
            Outcome moved = ended ? null : redirect(rules, place.uri());
            return moved instanceof Outcome.Refused || moved != null && !forIndex ? moved : outcome;
        } catch (BoundedText.TooCostlyException costly) {
            return new Outcome.Refused(500, String.valueOf(costly.getMessage()));
        }
    }

    private @Nullable Outcome redirect(Applied rules, String uri) {
        for (RedirectRule rule : rules.directives().routing().redirects()) {
            Outcome moved = rule.of(uri, query);
            if (moved != null) {
                return moved;
            }
        }
        return null;
    }

    /**
     * Begins the next round.
     *
     * @return null, or why there is none
     */
    public Outcome.@Nullable Refused redirected(Outcome.Rewritten to) {
        if (++rewritings > MOST_REWRITINGS) {
            return new Outcome.Refused(500,
                    "the rewriting does not come to an end: " + MOST_REWRITINGS + " times, at last to " + to.path());
        }
        query = to.query();
        Map<String, String> renamed = new LinkedHashMap<>();
        variables.forEach((name, value) -> renamed.put(BEFORE + name, value));
        renamed.put("REDIRECT_STATUS", "200");
        variables = renamed;
        return null;
    }

    /** What is added to the answer, whatever it is. */
    public Additions additions(Applied rules) {
        return rules.additions(variables, type);
    }
}
