/**
 * A model for coding assistants on this machine: a server that speaks the four protocols they speak, answers their
 * requests with the steps it was given, one after the other, and keeps what it was asked.
 */
import { createServer } from 'node:http';

/**
 * @typedef {{ tool: string, input: object | string }} Call A call of one of the assistant's tools; a text is the input of
 *   a tool that takes free text.
 * @typedef {{ call: Call } | { say: string }} Step
 */

/**
 * @typedef {object} Model
 * @property {string} url
 * @property {() => string[][]} read For each request, the texts that the request before did not have: what it reads next.
 * @property {() => string[][]} readBelow The same for the assistant's assistants.
 * @property {() => Promise<void>} close
 */

/** The protocols, by a part of the path that they are asked under. */
const PROTOCOLS = [
  { path: '/messages', answer: anthropic },
  { path: '/responses', answer: responses },
  { path: '/chat/completions', answer: chat },
  { path: ':streamGenerateContent', answer: gemini },
];

/**
 * Starts the model on a free port of the loopback interface.
 *
 * @param {readonly Step[]} steps What it answers to the assistant, request by request; after the last one it says "done".
 * @param {{ prompt?: string, below?: readonly Step[] }} [others] `below` is what it answers to the assistant's assistants,
 *   which are not told the prompt.
 * @returns {Promise<Model>}
 */
export async function startModel(steps, { prompt = '', below = [] } = {}) {
  const talks = { main: { steps, bodies: [] }, below: { steps: below, bodies: [] } };
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => (text += chunk));
    request.on('end', () => {
      const protocol = PROTOCOLS.find(({ path }) => new URL(request.url, 'http://m').pathname.endsWith(path));
      const body = text.startsWith('{') ? JSON.parse(text) : {};
      if (protocol === undefined || !hasTools(body)) return aside(protocol, body, response);
      const talk = text.includes(prompt) ? talks.main : talks.below;
      talk.bodies.push({ texts: protocol.answer.read(body), body });
      protocol.answer(talk.steps[talk.bodies.length - 1] ?? { say: 'done' }, response, body);
    });
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    read: () => newTexts(talks.main),
    readBelow: () => newTexts(talks.below),
    close: () => {
      server.closeAllConnections();
      return new Promise((done) => server.close(done));
    },
  };
}

/** @returns For each request, the texts that the request before did not have. */
function newTexts({ bodies }) {
  return bodies.map(({ texts }, at) => texts.slice(at === 0 ? 0 : bodies[at - 1].texts.length));
}

/** A request without tools asks for a title or a summary: it takes no step. */
function hasTools(body) {
  return Array.isArray(body.tools) && body.tools.length > 0;
}

function aside(protocol, body, response) {
  if (protocol !== undefined) return protocol.answer({ say: 'A title' }, response, body);
  response.setHeader('content-type', 'application/json');
  response.end('{}');
}

function stream(response, events) {
  response.setHeader('content-type', 'text/event-stream');
  for (const [name, data] of events) {
    const text = typeof data === 'string' ? data : JSON.stringify(data);
    response.write(`${name === '' ? '' : `event: ${name}\n`}data: ${text}\n\n`);
  }
  response.end();
}

/** All texts of a value of a protocol, in their order. */
function textsOf(value) {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsOf);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => (NO_TEXT.has(key) ? [] : textsOf(part)));
}

const NO_TEXT = new Set([
  'type',
  'role',
  'id',
  'tool_use_id',
  'call_id',
  'tool_call_id',
  'cache_control',
  'status',
]);

/** Anthropic's Messages. */
function anthropic(step, response, { model }) {
  const id = identifier('toolu');
  const block =
    'call' in step ? { type: 'tool_use', id, name: step.call.tool, input: {} } : { type: 'text', text: '' };
  const delta =
    'call' in step
      ? { type: 'input_json_delta', partial_json: JSON.stringify(step.call.input) }
      : { type: 'text_delta', text: step.say };
  const usage = { input_tokens: 10, output_tokens: 10 };
  const message = { id: identifier('msg'), type: 'message', role: 'assistant', model, content: [], usage };
  const end = { stop_reason: 'call' in step ? 'tool_use' : 'end_turn', stop_sequence: null };
  stream(
    response,
    [
      { type: 'message_start', message: { ...message, stop_reason: null, stop_sequence: null } },
      { type: 'content_block_start', index: 0, content_block: block },
      { type: 'content_block_delta', index: 0, delta },
      { type: 'content_block_stop', index: 0 },
      { type: 'message_delta', delta: end, usage },
      { type: 'message_stop' },
    ].map((event) => [event.type, event]),
  );
}

anthropic.read = ({ messages }) => fromUser(messages);

/** OpenAI's Responses. */
function responses(step, response) {
  const id = identifier('resp');
  const item = () => {
    if (!('call' in step))
      return {
        type: 'message',
        id: identifier('msg'),
        role: 'assistant',
        content: [{ type: 'output_text', text: step.say }],
      };
    const { tool, input } = step.call;
    const call = { id: identifier('item'), call_id: identifier('call'), name: tool };
    return typeof input === 'string'
      ? { type: 'custom_tool_call', ...call, input }
      : { type: 'function_call', ...call, arguments: JSON.stringify(input) };
  };
  const usage = {
    input_tokens: 10,
    input_tokens_details: { cached_tokens: 0 },
    output_tokens: 10,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: 20,
  };
  stream(
    response,
    [
      { type: 'response.created', response: { id } },
      { type: 'response.output_item.done', output_index: 0, item: item() },
      { type: 'response.completed', response: { id, usage } },
    ].map((event) => [event.type, event]),
  );
}

responses.read = ({ input }) =>
  input
    .filter(({ role, type }) => role !== 'assistant' && !/_call$|^reasoning$/.test(type ?? ''))
    .flatMap(textsOf);

/** OpenAI's chat completions. */
function chat(step, response, { model, stream: isStream }) {
  const message =
    'call' in step
      ? {
          role: 'assistant',
          content: null,
          tool_calls: [{ index: 0, id: identifier('call'), ...chatCall(step.call) }],
        }
      : { role: 'assistant', content: step.say };
  const reason = 'call' in step ? 'tool_calls' : 'stop';
  const usage = { prompt_tokens: 10, completion_tokens: 10, total_tokens: 20 };
  const common = { id: identifier('chat'), created: 0, model };
  if (isStream !== true) {
    response.setHeader('content-type', 'application/json');
    const choices = [{ index: 0, message, finish_reason: reason }];
    return response.end(JSON.stringify({ ...common, object: 'chat.completion', choices, usage }));
  }
  const part = (delta, finish_reason) => ({
    ...common,
    object: 'chat.completion.chunk',
    choices: [{ index: 0, delta, finish_reason }],
  });
  stream(response, [
    ['', part(message, null)],
    ['', { ...part({}, reason), usage }],
    ['', '[DONE]'],
  ]);
}

function chatCall({ tool, input }) {
  return typeof input === 'string'
    ? { type: 'custom', custom: { name: tool, input } }
    : { type: 'function', function: { name: tool, arguments: JSON.stringify(input) } };
}

chat.read = ({ messages }) => fromUser(messages.filter(({ role }) => role !== 'system'));

/** Google's generateContent. */
function gemini(step, response, { model }) {
  const part =
    'call' in step ? { functionCall: { name: step.call.tool, args: step.call.input } } : { text: step.say };
  const candidates = [{ index: 0, content: { role: 'model', parts: [part] }, finishReason: 'STOP' }];
  const usageMetadata = { promptTokenCount: 10, candidatesTokenCount: 10, totalTokenCount: 20 };
  stream(response, [['', { candidates, usageMetadata, modelVersion: model }]]);
}

gemini.read = ({ contents }) => contents.filter(({ role }) => role !== 'model').flatMap(textsOf);

function fromUser(messages) {
  return messages.filter(({ role }) => role !== 'assistant').flatMap(textsOf);
}

let count = 0;

function identifier(kind) {
  count += 1;
  return `${kind}_${String(count).padStart(8, '0')}`;
}
