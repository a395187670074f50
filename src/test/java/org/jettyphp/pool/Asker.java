package org.jettyphp.pool;

import org.jettyphp.events.RequestInfo;

/** A request of a test. */
record Asker(String id, String client) implements RequestInfo {

    @Override
    public String site() {
        return "";
    }

    @Override
    public String method() {
        return "GET";
    }

    @Override
    public String uri() {
        return "/" + id;
    }

    @Override
    public String script() {
        return "/srv/" + id;
    }
}
