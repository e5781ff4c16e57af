-- A real editor without a screen: opens a rule file, asks the server, and writes what it got to a file.
local command = vim.split(vim.env.CHECKER, " ")
table.insert(command, "lsp")
local answers = {}

local function range_of(item)
  return { item.lnum, item.col, item.end_lnum, item.end_col }
end

local function errors(buffer)
  return vim.diagnostic.get(buffer, { severity = vim.diagnostic.severity.ERROR })
end

local function told(buffer, count)
  vim.wait(60000, function() return #errors(buffer) == count end, 50)
  local found = {}
  for _, item in ipairs(errors(buffer)) do
    table.insert(found, { message = item.message, range = range_of(item), code = item.user_data.lsp.code })
  end
  return found
end

local function ask(buffer, method, params)
  local replies, failure = vim.lsp.buf_request_sync(buffer, method, params, 60000)
  if failure then error(failure) end
  for _, reply in pairs(replies) do
    return reply.result or reply.err or reply.error -- the name of the last has changed
  end
end

local function main()
  local buffer = vim.api.nvim_get_current_buf()
  local client = vim.lsp.start_client({ name = "checker", cmd = command, root_dir = vim.fn.getcwd() })
  vim.lsp.buf_attach_client(buffer, client)
  vim.wait(60000, function() return vim.lsp.buf_is_attached(buffer, client) and vim.lsp.get_client_by_id(client).initialized end, 50)
  answers.server = vim.lsp.get_client_by_id(client).server_capabilities.executeCommandProvider.commands

  local line = tonumber(vim.env.LINE)
  local text = vim.api.nvim_buf_get_lines(buffer, line, line + 1, true)[1]
  vim.api.nvim_buf_set_lines(buffer, line, line + 1, true, { vim.env.BROKEN })
  answers.broken = told(buffer, 1)
  vim.api.nvim_buf_set_lines(buffer, line, line + 1, true, { text })
  answers.mended = told(buffer, 0)

  vim.api.nvim_win_set_cursor(0, { tonumber(vim.env.TITLE) + 1, #"规范 " })
  local place = vim.lsp.util.make_position_params(0, "utf-16")
  answers.hover = ask(buffer, "textDocument/hover", place)
  answers.rename = ask(buffer, "textDocument/rename", vim.tbl_extend("force", place, { newName = "准期" }))
  answers.refused = ask(buffer, "textDocument/rename", vim.tbl_extend("force", place, { newName = "应当" }))
  vim.api.nvim_win_set_cursor(0, { line + 1, #"  应当 " })
  place = vim.lsp.util.make_position_params(0, "utf-16")
  answers.definition = ask(buffer, "textDocument/definition", place)
  answers.completion = vim.tbl_map(function(item) return item.label end, ask(buffer, "textDocument/completion", place))

  vim.api.nvim_buf_set_lines(buffer, line, line + 1, true, { vim.env.LOOSE })
  if vim.lsp.buf.format then vim.lsp.buf.format({ timeout_ms = 60000 }) else vim.lsp.buf.formatting_sync({}, 60000) end
  answers.formatted = vim.api.nvim_buf_get_lines(buffer, line, line + 1, true)[1]
  vim.lsp.stop_client(client)
  vim.wait(10000, function() return vim.lsp.get_client_by_id(client) == nil end, 50)
end

local fine, failure = pcall(main)
answers.failure = not fine and tostring(failure) or nil
vim.fn.writefile({ vim.fn.json_encode(answers) }, vim.env.ANSWERS)
vim.cmd("qall!")
