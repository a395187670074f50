local body = tonumber(os.getenv("BENCH_BODY"))
if body then
    wrk.method, wrk.body = "POST", string.rep("x", body)
end

-- For wrk: one line of cells. A request that is under way when the time is over counts nowhere.
function done(summary, latency, requests)
    local errors = summary.errors
    local kinds = { { "status", errors.status }, { "not connected", errors.connect }, { "connection lost", errors.read + errors.write },
                    { "late", errors.timeout } }
    local failed, parts = 0, {}
    for _, kind in ipairs(kinds) do
        if kind[2] > 0 then
            failed = failed + kind[2]
            parts[#parts + 1] = kind[2] .. " " .. kind[1]
        end
    end
    local median, longest = latency:percentile(50), latency.max
    io.write(string.format("%.0f\t%s\t%.1f\t%.1f\t%.1f\t%.2f\n", (summary.requests - errors.status) * 1e6 / summary.duration,
        failed == 0 and "0" or failed .. " (" .. table.concat(parts, ", ") .. ")", median / 1000, latency:percentile(99) / 1000,
        longest / 1000, longest / median))
end
