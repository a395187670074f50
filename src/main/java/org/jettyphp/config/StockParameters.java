package org.jettyphp.config;

import static java.util.Map.entry;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Moves the {@code web.xml} of a stock Jetty over: translates the init-params of {@code FastCGIProxyServlet}, of its superclasses
 * {@code AsyncProxyServlet.Transparent} and {@code AbstractProxyServlet}, and of {@code TryFilesFilter} (all that are read in
 * jetty-ee11-fcgi-proxy and jetty-ee11-proxy 12.1.10) into settings of ours, or says why one does not count.
 *
 * <p>{@code scriptRoot} and {@code maxConnections} are settings of ours as they are. A translated value has the rank of the init-param
 * it comes from: beside a setting of ours with another value it is refused, as any setting given twice.
 */
public final class StockParameters {

    private static final Set<String> TRANSLATED =
            Set.of("proxyTo", "unixDomainPath", "timeout", "fastCGI.HTTPS", "fastCGI.envNames", "files", "scriptPattern");

    private static final Map<String, String> IGNORED = Map.ofEntries(
            entry("preserveHost", "PHP always sees the Host that the client sent"),
            entry("hostHeader", "PHP sees the Host that the client sent; to set another, use param.HTTP_HOST"),
            entry("viaHost", "FastCGI is no hop of HTTP, and no Via header is added"),
            entry("whiteList", "requests go to target and nowhere else"),
            entry("blackList", "requests go to target and nowhere else"),
            entry("prefix", "scripts are found under documentRoot by the path in the context, from which nothing is cut off"),
            entry("maxThreads", "there are at most as many threads as connections: maxConnections"),
            entry("selectors", "connections to FPM are not shared among selectors"),
            entry("idleTimeout", "the longest silence of FPM is responseTimeout"),
            entry("requestBufferSize", "buffers are not sized by hand"),
            entry("responseBufferSize", "buffers are not sized by hand"),
            entry("maxRequestHeadersSize", "the server's connector limits the head of a request"),
            entry("maxResponseHeadersSize", "the limit for the head of an answer is maxResponseHeader"),
            entry("originalURIAttribute", "REQUEST_URI is the URI as the context received it, and stays so after a forward"),
            entry("originalQueryAttribute", "REQUEST_URI has the query as the context received it, and keeps it after a forward"));

    /** The stock servlet takes any URI; what makes sense for FastCGI is a host and a port, which is 80 if left out. */
    private static final Pattern PROXY_TO = Pattern.compile("http://(\\[[0-9a-fA-F:.]+]|[^/:@?#\\[\\]\\s]+)(?::([0-9]{1,5}))?/?");

    private final List<SettingSource> sources = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final List<SettingProblem> problems = new ArrayList<>();

    private StockParameters() {}

    /**
     * Sources in our names.
     *
     * @param sources the given ones; init-params without those of stock Jetty, followed by a source for each that was translated
     * @param warnings a line for each stock init-param that does not count, or counts differently, and why
     * @param problems values of stock init-params that are not understood
     */
    public record Translation(List<SettingSource> sources, List<String> warnings, List<SettingProblem> problems) {}

    /** Translates the init-params among the sources and passes the other sources on. {@link SettingsReader#read} does it by itself. */
    public static Translation translate(List<SettingSource> sources) {
        StockParameters stock = new StockParameters();
        for (SettingSource source : sources) {
            if (source.kind() == SettingSource.Kind.INIT_PARAM) {
                stock.translate(source);
            } else {
                stock.sources.add(source);
            }
        }
        return new Translation(List.copyOf(stock.sources), List.copyOf(stock.warnings), List.copyOf(stock.problems));
    }

    /** Whether an init-param of this name is one of stock Jetty's that is none of ours. */
    static boolean claims(String name) {
        return TRANSLATED.contains(name) || IGNORED.containsKey(name);
    }

    private void translate(SettingSource source) {
        Map<String, String> ours = new LinkedHashMap<>(source.values());
        ours.keySet().removeIf(StockParameters::claims);
        sources.add(new SettingSource(source.kind(), source.origin(), ours));
        // In alphabetical order, for a servlet container gives its init-params in any.
        new TreeMap<>(source.values()).forEach((name, given) -> {
            if (IGNORED.containsKey(name)) {
                warnings.add(source.place(name) + " does not count: " + IGNORED.get(name));
            } else if (TRANSLATED.contains(name)) {
                translate(source, name, given.strip());
            }
        });
    }

    private void translate(SettingSource source, String name, String value) {
        try {
            Map<String, String> ours = switch (name) {
                case "proxyTo" -> proxyTo(source, value);
                case "unixDomainPath" -> Map.of("target", "unix:" + value);
                case "timeout" -> timeout(source, value);
                case "fastCGI.HTTPS" -> https(value);
                case "fastCGI.envNames" -> envNames(source, value);
                case "files" -> StockFiles.translate(value);
                case "scriptPattern" -> Map.of("scriptExtensions", StockPattern.extensions(value));
                default -> throw new IllegalStateException("no translation for " + name);
            };
            sources.add(new SettingSource(source.kind(), source.origin() + " (from " + name + ")", ours));
        } catch (IllegalArgumentException notUnderstood) {
            problems.add(new SettingProblem(source.place(name), setting(name), value, SettingProblem.explanation(notUnderstood)));
        }
    }

    private static String setting(String stockName) {
        return switch (stockName) {
            case "proxyTo", "unixDomainPath" -> "target";
            case "timeout" -> "responseTimeout";
            case "files" -> "fallback";
            case "scriptPattern" -> "scriptExtensions";
            default -> "param";
        };
    }

    private Map<String, String> proxyTo(SettingSource source, String value) {
        Matcher form = PROXY_TO.matcher(value);
        if (!form.matches()) {
            throw new IllegalArgumentException("expected http://host:port without a path; for other targets use target");
        }
        if (source.values().containsKey("unixDomainPath")) {
            warnings.add(source.place("proxyTo") + " does not count: the target is unixDomainPath");
            return Map.of();
        }
        return Map.of("target", form.group(1) + ":" + (form.group(2) == null ? "80" : form.group(2)));
    }

    private Map<String, String> timeout(SettingSource source, String value) {
        if (!value.matches("-?[0-9]{1,18}")) {
            throw new IllegalArgumentException("expected milliseconds; or use responseTimeout, such as 60s");
        }
        if (Long.parseLong(value) <= 0) {
            warnings.add(source.place("timeout") + " does not count: a request has no total time limit here");
            return Map.of();
        }
        warnings.add(source.place("timeout") + " counts as responseTimeout: the longest silence of FPM, not the total time of a request");
        return Map.of("responseTimeout", value + "ms");
    }

    private static Map<String, String> https(String value) {
        if (!value.equalsIgnoreCase("true") && !value.equalsIgnoreCase("false")) {
            throw new IllegalArgumentException("expected true or false");
        }
        // HTTPS is on or absent; over TLS it is on anyway.
        return Boolean.parseBoolean(value) ? Map.of("param.HTTPS", "on") : Map.of();
    }

    /** The stock servlet passes over names that are not set. */
    private Map<String, String> envNames(SettingSource source, String value) {
        Map<String, String> params = new LinkedHashMap<>();
        for (String name : value.split(",")) {
            String key = name.strip();
            if (!key.isEmpty() && System.getenv(key) == null) {
                warnings.add(source.place("fastCGI.envNames") + ": the environment variable " + key + " is not set and not passed on");
            } else if (!key.isEmpty()) {
                params.put("param." + key, "${env:" + key + "}");
            }
        }
        return params;
    }
}
