// Saves a test while it is being written. The form works without this script; with it, nothing typed is lost:
// what the server has not acknowledged is kept in the browser, by attempt and question, and sent until it is.
//
// Of an answer that is not saved, the browser keeps what it is now and which answers it grew from (`from`): what
// was there before, and all that was sent since. Where the server has one of those, ours is the newer; where it
// has another, somebody else has answered since, and that is taken over and told.
"use strict";

(() => {
  const PAUSE = 1000; // after the last change
  const LONGEST = 3000; // while changes go on
  const AGAIN = [500, 1000, 2000, 4000]; // after a failure, the last for ever
  const GIVE_UP = 8000; // on an answer that does not come
  const WARN = [10, 2]; // minutes
  const LAST_CALL = 4; // seconds before the end
  const KEPT_ALIVE = 60000; // characters that a browser still sends for a page that was left

  const over = document.querySelector("[data-forget]");
  if (over) forget(prefixOf(over.dataset.forget));
  const form = document.querySelector("form[data-attempt]");
  if (!form) return;

  const texts = form.dataset;
  const prefix = prefixOf(texts.attempt);
  const items = new Map([...form.querySelectorAll("[data-item]")].map((item) => [item.dataset.item, item]));
  const links = form.querySelectorAll(".jump a");
  const time = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium", timeZone: texts.zone });
  const find = (selector) => form.querySelector(selector);
  const unsaved = new Map(); // code → {now, from}
  const saved = new Map(); // code → what the server has
  const warned = WARN.filter((minutes) => texts.secondsLeft <= minutes * 60);
  let [timer, since, tries, running, ended, troubled] = [0, 0, 0, null, false, false];
  let [leftAtMark, mark, asked] = [Number(texts.secondsLeft), 0, 0];

  function prefixOf(attempt) {
    return `mentorcert.attempt.${attempt}.`;
  }

  function forget(start) {
    for (const key of stored(start)) localStorage.removeItem(key);
  }

  function stored(start) {
    try {
      return Object.keys(localStorage).filter((key) => key.startsWith(start));
    } catch {
      return []; // a browser that keeps nothing; the server still gets everything
    }
  }

  function keep(code) {
    try {
      const entry = unsaved.get(code);
      if (entry) localStorage.setItem(prefix + code, JSON.stringify(entry));
      else localStorage.removeItem(prefix + code);
    } catch {
      // full or forbidden: as above
    }
  }

  // What an answer is, by kind: options marked or put in order, the best and the worst, or words. `same` is the
  // form in which two answers are compared; boxes that were ticked have no order of their own.
  const fields = (item, which = "input, select") => [...item.querySelectorAll(which)];
  const partOf = (field) => field.name.split(".")[2];
  const listed = {
    blank: () => [],
    isGiven: (answer) => answer.length > 0,
    same: (answer) => answer,
  };
  const ticked = {
    ...listed,
    read: (item) => fields(item, ":checked").map((field) => field.value),
    fill: (item, answer) => fields(item).forEach((field) => (field.checked = answer.includes(field.value))),
  };
  const KINDS = {
    single_choice: ticked,
    multiple_choice: { ...ticked, same: (answer) => [...answer].sort() },
    ordering: {
      ...listed,
      read: (item) => fields(item).map((field) => field.value).filter(Boolean),
      fill: (item, answer) => fields(item).forEach((field, place) => (field.value = answer[place] ?? "")),
    },
    situational_judgement: {
      blank: () => ({ best: null, worst: null }),
      read: (item) =>
        fields(item, ":checked").reduce((answer, field) => ({ ...answer, [partOf(field)]: field.value }), {
          best: null,
          worst: null,
        }),
      fill: (item, answer) =>
        fields(item).forEach((field) => (field.checked = answer[partOf(field)] === field.value)),
      isGiven: (answer) => Boolean(answer.best ?? answer.worst),
      same: ({ best, worst }) => ({ best, worst }),
    },
    short_answer: {
      blank: () => "",
      read: (item) => fields(item, "textarea")[0].value,
      fill: (item, answer) => (fields(item, "textarea")[0].value = answer),
      isGiven: (answer) => answer.trim() !== "",
      same: (answer) => answer.normalize("NFC").trim(),
    },
  };
  const kind = (code) => KINDS[items.get(code).dataset.kind];
  const read = (code) => kind(code).read(items.get(code));
  const fill = (code, answer) => kind(code).fill(items.get(code), answer);
  const text = (code, answer) => JSON.stringify(kind(code).same(answer));
  const typed = (code) => text(code, read(code));

  // Nothing stands in two places of an order: what is put in one leaves the other.
  function keptApart(code, changed) {
    if (items.get(code).dataset.kind !== "ordering") return;
    for (const field of fields(items.get(code)))
      if (field !== changed && field.value === changed.value) field.value = "";
  }

  function changed(event) {
    const code = event.target.closest("[data-item]")?.dataset.item;
    if (!code || ended) return;
    keptApart(code, event.target);
    const entry = unsaved.get(code) ?? { from: [saved.get(code)] };
    unsaved.set(code, { ...entry, now: typed(code) });
    keep(code);
    count();
    if (!troubled) say(texts.saving);
    schedule();
  }

  function schedule() {
    since ||= performance.now();
    if (running || tries) return; // what is under way, or waits to be tried again, looks once more at its end
    clearTimeout(timer);
    timer = setTimeout(save, Math.max(0, Math.min(PAUSE, since + LONGEST - performance.now())));
  }

  const save = () => run(send);

  // One exchange with the server at a time; what fails is tried again, and what changed meanwhile is sent next.
  function run(task) {
    clearTimeout(timer);
    running ??= task()
      .catch(() => failed(texts.away))
      .finally(() => {
        running = null;
        if (!unsaved.size || ended) return;
        if (tries) timer = setTimeout(save, AGAIN[Math.min(tries, AGAIN.length) - 1]);
        else schedule();
      });
    return running;
  }

  async function send() {
    const sent = new Map([...items.keys()].map((code) => [code, read(code)]));
    for (const [code, entry] of unsaved) {
      entry.from = [...new Set([...entry.from, text(code, sent.get(code))])];
      keep(code);
    }
    since = 0;
    const responses = Object.fromEntries([...sent].filter(([code, answer]) => kind(code).isGiven(answer)));
    const answer = await ask("PUT", JSON.stringify({ responses }));
    if (answer.ok) return acknowledged(await answer.json(), sent);
    return answer.status === 422 ? failed(texts.refused) : catchUp();
  }

  function ask(method, body) {
    const headers = { Accept: "application/json" };
    if (body) {
      headers["Content-Type"] = "application/json";
      headers["If-Match"] = `"${form.elements.rev.value}"`;
      headers["X-Form-Token"] = form.elements.token.value;
    }
    asked = performance.now();
    const signal = AbortSignal.timeout(GIVE_UP);
    const keepalive = (body?.length ?? 0) < KEPT_ALIVE;
    return fetch(texts.address, { method, body, headers, signal, keepalive, redirect: "error" });
  }

  function acknowledged(told, sent) {
    form.elements.rev.value = told.rev;
    for (const [code, answer] of sent) {
      saved.set(code, text(code, answer));
      const entry = unsaved.get(code);
      if (!entry) continue;
      if (entry.now === saved.get(code)) unsaved.delete(code);
      else entry.from = [saved.get(code)];
      keep(code);
    }
    setClock((Date.parse(told.closes_at) - Date.parse(told.saved_at)) / 1000);
    done(told.saved_at);
  }

  // The server would not take it: something has happened since. See what it has, and put both together.
  async function catchUp() {
    const answer = await ask("GET");
    if (answer.status === 401) return failed(texts.signedOut, true);
    if (!answer.ok) return failed(texts.away);
    const told = await answer.json();
    if (told.state !== "open") return location.reload();
    form.elements.rev.value = told.rev;
    form.elements.token.value = told.token;
    setClock(told.seconds_left);
    if (told.seconds_left <= 0) return end();
    const others = [...items.keys()].filter((code) => isTaken(code, text(code, told.responses[code] ?? kind(code).blank())));
    if (others.length) taken(others);
    count();
    if (unsaved.size) tries ||= 1; // soon
    else if (told.saved_at) done(told.saved_at);
    return undefined;
  }

  // Tell whether the server's answer replaces the one on the page.
  function isTaken(code, theirs) {
    const entry = unsaved.get(code);
    saved.set(code, theirs);
    if (entry && entry.from.includes(theirs) && entry.now !== theirs) return false;
    unsaved.delete(code);
    keep(code);
    if (typed(code) === theirs) return false;
    fill(code, JSON.parse(theirs));
    return true;
  }

  function taken(codes) {
    notice(texts.taken.replace("#", codes.map((code) => items.get(code).dataset.number).join(", ")));
  }

  function done(at) {
    tries = 0;
    find(".trouble").hidden = true;
    const says = `${texts.saved} ${time.format(new Date(at))}`;
    say(unsaved.size ? texts.saving : says);
    if (troubled) find("[role=status]").textContent = says;
    troubled = false;
  }

  function failed(says, isSignedOut = false) {
    tries += 1;
    find(".trouble").hidden = !isSignedOut;
    if (!unsaved.size && !isSignedOut) return;
    say(says, true);
    if (!troubled) find("[role=status]").textContent = says;
    troubled = true;
  }

  function say(says, isTrouble = false) {
    find(".state").textContent = says;
    find(".state").classList.toggle("late", isTrouble);
  }

  function notice(says) {
    const place = find(".notice");
    place.hidden = false;
    place.textContent = says;
  }

  function count() {
    let answered = 0;
    for (const [code, item] of items) {
      const isAnswered = kind(code).isGiven(read(code));
      const link = links[item.dataset.number - 1];
      answered += isAnswered;
      link.classList.toggle("done", isAnswered);
      link.querySelector(".hidden").textContent = isAnswered ? find(".says-answered").textContent : "";
    }
    find(".answered").textContent = answered;
  }

  // The time is the server's: so many seconds were left when it last said so. The clock of this machine is not
  // asked what time it is, only how long ago that was.
  function setClock(seconds) {
    [leftAtMark, mark] = [seconds, asked];
  }

  function tick() {
    if (ended) return;
    const left = Math.max(0, leftAtMark - (performance.now() - mark) / 1000);
    const [hours, minutes, seconds] = [left / 3600, (left / 60) % 60, left % 60].map(Math.floor);
    const clock = find(".clock");
    clock.hidden = false;
    clock.textContent = `${hours ? `${hours}:` : ""}${String(minutes).padStart(2, "0")}:${String(seconds).padStart(2, "0")}`;
    clock.classList.toggle("late", left <= WARN[0] * 60);
    for (const minute of WARN.filter((one) => left <= one * 60 && !warned.includes(one))) {
      warned.push(minute);
      notice(texts.left.replace("#", minute));
    }
    if (left <= LAST_CALL && unsaved.size && !running) save();
    if (left <= 0) end();
  }

  function end() {
    ended = true;
    for (const item of items.values()) item.disabled = true;
    for (const button of form.querySelectorAll("button:not([name])")) button.hidden = true;
    notice(texts.up);
  }

  async function submitted(event) {
    event.preventDefault();
    const wantsOn = event.submitter?.name === "then";
    while (running) await running;
    if (!ended && (unsaved.size || !wantsOn)) await save();
    if (wantsOn && (ended || !unsaved.size)) location.assign(texts.submission);
    else if (wantsOn) notice(texts.away);
  }

  function begin() {
    form.reset(); // to what the server sent, whatever the browser remembers of an earlier page
    for (const code of items.keys()) saved.set(code, typed(code));
    const lost = [];
    for (const key of stored(prefix)) {
      const code = key.slice(prefix.length);
      const entry = parsed(localStorage.getItem(key));
      if (!entry || !items.has(code)) continue;
      const isOurs = entry.from.includes(saved.get(code)) && entry.now !== saved.get(code);
      if (isOurs) {
        unsaved.set(code, entry);
        fill(code, JSON.parse(entry.now));
      } else {
        if (entry.now !== saved.get(code)) lost.push(code);
        keep(code);
      }
    }
    if (unsaved.size) {
      notice(texts.kept);
      say(texts.saving);
      save();
    } else if (lost.length) taken(lost);
    count();
  }

  function parsed(kept) {
    try {
      return JSON.parse(kept);
    } catch {
      return null;
    }
  }

  function flush() {
    if (unsaved.size && !ended) save();
  }

  // A machine that slept may not know for how long.
  function woken() {
    if (document.visibilityState === "visible" && !ended) run(unsaved.size ? send : catchUp);
    else flush();
  }

  begin();
  tick();
  setInterval(tick, 500);
  form.addEventListener("input", changed);
  form.addEventListener("submit", submitted);
  window.addEventListener("online", flush);
  document.addEventListener("visibilitychange", woken);
  window.addEventListener("pagehide", flush);
  window.addEventListener("pageshow", (event) => event.persisted && location.reload());
})();
