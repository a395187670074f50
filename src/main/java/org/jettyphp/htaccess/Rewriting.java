package org.jettyphp.htaccess;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jettyphp.htaccess.RuleFlags.Flag;
import org.jspecify.annotations.Nullable;

/**
 * One pass of a request through the rules of a directory, as Apache 2.4 makes it (modules/mappers/mod_rewrite.c, {@code hook_fixup},
 * {@code apply_rewrite_list}, {@code apply_rewrite_rule}): the path and the path info are apart, and the latter is put behind the former
 * again for each rule.
 */
final class Rewriting {

    private static final Pattern WHOLE_URL = Pattern.compile("(?i)(?:https?|ftp)://[^/]*|mailto:");

    /** Apache's, twice its longest request line. */
    private static final int LONGEST = 2 * 8190;

    private static final int USUAL_REDIRECT = 302;

    private final HtaccessRequest request;
    private final Place place;
    private final List<RewriteRule> rules;
    private final @Nullable String base;
    private final String directory;
    private final boolean forIndex;
    private final ServerVariables variables;
    private String filename;
    private String pathInfo;
    private @Nullable String query;
    private @Nullable String subject;
    private boolean changed;
    private boolean qualified;
    private boolean noEscape;
    private int status;

    /** @param directory of the file with the rules, with a final slash */
    Rewriting(HtaccessRequest request, Place place, RewriteRules rules, String directory, boolean forIndex) {
        this.request = request;
        this.place = place;
        this.rules = rules.rules();
        this.base = rules.base();
        this.directory = directory;
        this.forIndex = forIndex;
        this.variables = new ServerVariables(request, this);
        this.filename = place.filename();
        this.pathInfo = place.pathInfo();
        this.query = request.query();
    }

    Place place() {
        return place;
    }

    String filename() {
        return filename;
    }

    String pathInfo() {
        return pathInfo;
    }

    @Nullable
    String query() {
        return query;
    }

    boolean isForIndex() {
        return forIndex;
    }

    Outcome run() {
        if (directory.equals(place.filename() + "/")) {
            // The directory's own URL without its slash: it gets the slash first.
            return new Outcome.Stays(query);
        }
        Outcome refused = applyAll();
        return refused != null ? refused : !changed ? new Outcome.Stays(query) : isWholeUrl(filename) ? moved() : rewritten();
    }

    private @Nullable Outcome applyAll() {
        int round = 0;
        for (int i = 0; i < rules.size();) {
            RewriteRule rule = rules.get(i);
            RuleFlags flags = rule.flags();
            if (forIndex && (flags.has(Flag.NOT_FOR_INDEX) || flags.has(Flag.REDIRECT))) {
                i++;
                continue;
            }
            Template.Matched matched = matched(rule);
            if (matched == null) {
                i = behindChain(i);
                continue;
            }
            Outcome refused = apply(rule, matched);
            if (refused != null) {
                return refused;
            }
            if (flags.has(Flag.END)) {
                request.rewritesNoMore();
            }
            if (flags.has(Flag.END) || flags.has(Flag.LAST) || flags.has(Flag.PASS_THROUGH)) {
                return null;
            }
            if (flags.has(Flag.NEXT) && ++round >= flags.rounds()) {
                return new Outcome.Refused(500, "a RewriteRule with N began anew " + round + " times");
            }
            i = flags.has(Flag.NEXT) ? 0 : i + 1 + flags.skip();
        }
        return null;
    }

    private int behindChain(int from) {
        int i = from;
        while (i < rules.size() && rules.get(i).flags().has(Flag.CHAIN)) {
            i++;
        }
        return i + 1;
    }

    /** What pattern and conditions have found; null if they are not met. */
    private Template.@Nullable Matched matched(RewriteRule rule) {
        if (rule.pattern() == null) {
            return null;
        }
        MatchResult match = rule.pattern().match(subject());
        if (match != null == rule.turned()) {
            return null;
        }
        return conditions(rule.conditions(), new Template.Matched(rule.turned() ? null : match, null));
    }

    /** What patterns are matched with: the path below the directory. */
    private String subject() {
        if (subject == null) {
            String whole = filename + pathInfo;
            subject = whole.startsWith(directory) ? whole.substring(directory.length()) : whole;
        }
        return subject;
    }

    private Template.@Nullable Matched conditions(List<RewriteCondition> conditions, Template.Matched byRule) {
        Template.Matched matched = byRule;
        for (int i = 0; i < conditions.size(); i++) {
            RewriteCondition condition = conditions.get(i);
            RewriteCondition.Result result = condition.test(condition.subject().expand(matched, variables, group -> group), place);
            if (result.match() != null) {
                matched = new Template.Matched(byRule.rule(), result.match());
            }
            if (!result.met() && !condition.orNext()) {
                return null;
            }
            while (result.met() && i < conditions.size() && conditions.get(i).orNext()) {
                i++;
            }
        }
        return matched;
    }

    private @Nullable Outcome apply(RewriteRule rule, Template.Matched matched) {
        RuleFlags flags = rule.flags();
        Template.Escape escape =
                flags.has(Flag.ESCAPE_GROUPS) ? group -> UrlEscape.reference(group, !flags.has(Flag.SPACES_PERCENT)) : group -> group;
        String to = rule.keepsPath() || rule.substitution() == null ? null : rule.substitution().expand(matched, variables, escape);
        for (RuleFlags.Assignment variable : flags.variables()) {
            String name = variable.name().expand(matched, variables, group -> group);
            request.set(name, variable.value() == null ? null : variable.value().expand(matched, variables, group -> group));
        }
        if (flags.type() != null) {
            request.forceType(flags.type());
        }
        if (to == null || rule.substitution() == null) {
            return flags.ends() ? new Outcome.Refused(flags.status(), "RewriteRule " + (rule.turned() ? "!" : "") + rule.pattern())
                    : null;
        }
        if (to.indexOf('?') >= 0 && !rule.substitution().writes('?') && !flags.has(Flag.ALLOW_ESCAPED_QUERY)) {
            // As Apache since 2.4.60 (CVE-2024-38474): an encoded question mark of the client's would begin a query.
            return new Outcome.Refused(403, "an encoded question mark is part of the rewritten path");
        }
        take(to.startsWith("/") || isWholeUrl(to) ? to : directory + to, flags);
        return filename.length() > LONGEST ? new Outcome.Refused(500, "the rewritten path is too long") : null;
    }

    private void take(String to, RuleFlags flags) {
        filename = to;
        changed = true;
        noEscape = flags.has(Flag.NO_ESCAPE);
        if (flags.has(Flag.DISCARD_PATH_INFO)) {
            pathInfo = "";
        }
        splitQuery(flags);
        if (flags.has(Flag.REDIRECT)) {
            status = flags.status();
            if (!isWholeUrl(filename)) {
                qualified = true;
                filename = origin() + filename;
            }
        } else if (isWholeUrl(filename)) {
            reduce();
        }
        subject = null;
    }

    /** Apache's {@code splitout_queryargs}. */
    private void splitQuery(RuleFlags flags) {
        if (flags.has(Flag.QUERY_DISCARDED)) {
            query = null;
        }
        int mark = flags.has(Flag.QUERY_FROM_LAST) ? filename.lastIndexOf('?') : filename.indexOf('?');
        if (mark < 0) {
            return;
        }
        String given = filename.substring(mark + 1);
        filename = filename.substring(0, mark);
        if (!flags.has(Flag.QUERY_APPENDED)) {
            query = given;
        } else if (!given.isEmpty()) {
            query = given + "&" + (query == null ? "" : query);
        }
        if (query != null && query.endsWith("&")) {
            query = query.substring(0, query.length() - 1);
        }
        query = query == null || query.isEmpty() ? null : query;
    }

    /** A URL of this very server, written out, is none of another: Apache's {@code reduce_uri}. */
    private void reduce() {
        String own = origin();
        if (filename.startsWith(own) && (filename.length() == own.length() || filename.charAt(own.length()) == '/')) {
            filename = filename.length() == own.length() ? "/" : filename.substring(own.length());
        }
    }

    private String origin() {
        RequestFacts facts = request.facts();
        boolean usual = facts.serverPort() == (facts.scheme().equals("https") ? 443 : 80);
        return facts.scheme() + "://" + facts.serverName() + (usual ? "" : ":" + facts.serverPort());
    }

    private static boolean isWholeUrl(String text) {
        // Most are paths, and a look at the first character is no matcher.
        return !text.startsWith("/") && WHOLE_URL.matcher(text).lookingAt();
    }

    private Outcome moved() {
        String own = origin();
        int end = qualified && filename.startsWith(own) ? own.length() : wholeUrlEnd();
        String path = filename.substring(end);
        path = base != null ? rebased(path) : qualified ? inUrls(path) : path;
        String host = qualified && filename.startsWith(own) ? "" : filename.substring(0, end);
        String location = host + (noEscape ? path : UrlEscape.path(path));
        if (query != null) {
            location += "?" + (noEscape || query.equals(request.query()) ? query : UrlEscape.path(query));
        }
        return new Outcome.Moved(status == 0 ? USUAL_REDIRECT : status, UrlEscape.controls(location, true));
    }

    private int wholeUrlEnd() {
        var whole = WHOLE_URL.matcher(filename);
        return whole.lookingAt() ? whole.end() : 0;
    }

    private Outcome rewritten() {
        // Where Apache refuses a query with a blank, which titles of wikis have, it is encoded.
        String clean = query == null ? null : UrlEscape.controls(query, false);
        if (!filename.startsWith("/")) {
            return new Outcome.Refused(400, "the rewritten path does not begin with a slash");
        }
        return filename.equals(place.filename())
                ? new Outcome.Stays(clean)
                : new Outcome.Rewritten(inUrls(base == null ? filename : rebased(filename)), clean);
    }

    /** {@code RewriteBase} in place of the directory. */
    private String rebased(String path) {
        return base == null || !path.startsWith(directory) ? path
                : base + (base.endsWith("/") ? "" : "/") + path.substring(directory.length());
    }

    /** A path of the file system as a URL has it, if it is below the document root. */
    private String inUrls(String path) {
        String root = place.root();
        return path.startsWith(root + "/") ? request.facts().contextPath() + path.substring(root.length()) : path;
    }
}
