-- load: posts one body again and again, an id from a list in the place of @ID@. Arguments: body, ids, token.

local head, tail
local ids = {}

local function read_lines(path)
    local lines = {}
    for line in io.lines(path) do
        lines[#lines + 1] = line
    end
    return lines
end

function init(args)
    local body = read_lines(args[1])[1]
    ids = read_lines(args[2])
    wrk.method = "POST"
    wrk.headers["content-type"] = "application/json"
    wrk.headers["accept"] = "application/json"
    wrk.headers["authorization"] = "Bearer " .. args[3]
    local from, to = body:find("@ID@", 1, true)
    if from then
        head, tail = body:sub(1, from - 1), body:sub(to + 1)
    else
        local constant = wrk.format(nil, nil, nil, body)
        request = function() return constant end
    end
end

function request()
    return wrk.format(nil, nil, nil, head .. ids[math.random(#ids)] .. tail)
end

function done(summary, latency)
    local errors = summary.errors
    io.write(string.format('RESULT {"requests":%d,"duration_us":%d,"p50_us":%d,"p99_us":%d,"errors":%d}\n',
        summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
        errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
