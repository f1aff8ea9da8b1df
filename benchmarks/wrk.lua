-- Posts the bodies of the file that BODIES names, a line each, in turn, and prints what came of it as JSON. Where READING is
-- set, answers with errors count as failures, too.

local bodies = {}
for line in io.lines(os.getenv("BODIES")) do
  bodies[#bodies + 1] = line
end

wrk.method = "POST"
wrk.headers["content-type"] = "application/json"
wrk.headers["accept"] = "application/json"

local last = 0
function request()
  last = last % #bodies + 1
  return wrk.format(nil, nil, nil, bodies[last])
end

local threads = {}
function setup(thread)
  threads[#threads + 1] = thread
end

errors = 0
if os.getenv("READING") ~= "" then
  function response(status, headers, body)
    if status == 200 and body:find('"errors":', 1, true) then errors = errors + 1 end
  end
end

function done(summary, latency)
  local failed = summary.errors
  local failures = failed.status + failed.connect + failed.read + failed.write + failed.timeout
  for _, thread in ipairs(threads) do failures = failures + thread:get("errors") end
  io.write(string.format('RESULT {"requests":%d,"microseconds":%d,"p50":%d,"p99":%d,"failures":%d}\n',
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99), failures))
end
