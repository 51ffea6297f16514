-- A new event of a new call with each request; the parts that do not change are joined once.
local head = '{\r\n  "Body": {\r\n    "From": "+13125550117",\r\n    "To": "+12025550143",\r\n    "Extension": "101",\r\n    "Id": "7df52a62-1001-48cd-9ae4-'
local tail = '"\r\n  },\r\n  "Guid": "00000000-0000-0000-0000-000000000000",\r\n  "ApiKey": "5f1c0de0-0000-4a11-8b22-00000000a001",\r\n  "Timestamp": "2026-03-09T14:02:15.5140000Z",\r\n  "EventType": "IncomingCallRinging"\r\n}\r\n'
local length = #head + 12 + #tail
local prefix
local count = 0

function init(arguments)
  count = os.time() % 100000 * 1000000
  prefix = "POST " .. wrk.path .. " HTTP/1.1\r\nHost: " .. wrk.host
    .. "\r\nContent-Type: application/json\r\nContent-Length: " .. length .. "\r\n\r\n" .. head
end

function request()
  count = count + 1
  return prefix .. string.format("%012d", count) .. tail
end
