// The chart of attention, read by pointer and keys. Without this the page has it all: the table
// under the chart holds every number and every link, and this only leads there.
"use strict";

const DRAG_PIXELS = 6; // less is a click

for (const figure of document.querySelectorAll("figure.attention[data-path]")) enliven(figure);

function enliven(figure) {
    const plot = figure.querySelector(".plot");
    const rows = [...document.querySelectorAll(".numbers tbody tr")];
    const readout = figure.querySelector(".readout");
    const reaches = [...plot.querySelectorAll("svg")].map((svg) => [...svg.querySelectorAll(".reach")]);
    const texts = reaches[0].map((reach) => reach.querySelector("title").textContent);
    if (!rows.length || rows.length !== texts.length) return;
    let at = -1; // the period that is read
    let anchor = null; // where a chosen span begins
    let pressed = null; // where the pointer went down

    for (const title of plot.querySelectorAll(".reach title")) title.remove();
    plot.classList.add("is-live");
    plot.tabIndex = 0;
    plot.setAttribute("role", "slider");
    plot.setAttribute("aria-label", plot.dataset.label);
    plot.setAttribute("aria-valuemin", 1);
    plot.setAttribute("aria-valuemax", rows.length);
    for (const svg of plot.querySelectorAll("svg")) svg.setAttribute("aria-hidden", "true");
    read(-1);

    function read(place) {
        at = place;
        const [from, until] = anchor === null ? [at, at] : [Math.min(anchor, at), Math.max(anchor, at)];
        for (const drawn of reaches) {
            drawn.forEach((reach, number) => {
                reach.classList.toggle("is-on", number === at);
                reach.classList.toggle("is-chosen", anchor !== null && number >= from && number <= until);
            });
        }
        readout.replaceChildren();
        plot.setAttribute("aria-valuenow", Math.max(at, 0) + 1);
        if (at < 0) {
            readout.textContent = readout.dataset.hint;
            plot.setAttribute("aria-valuetext", readout.dataset.hint);
            return;
        }
        const [name, ...lines] = texts[at].split("\n");
        const title = document.createElement("strong");
        title.textContent = anchor === null || from === until ? name : `${rows[from].dataset.start} – ${rows[until].dataset.end}`;
        const words = lines.map((line) => {
            const span = document.createElement("span");
            span.dir = "auto";
            span.textContent = line;
            return span;
        });
        readout.append(title, " ", ...words.flatMap((span) => [span, " "]));
        plot.setAttribute("aria-valuetext", texts[at].replaceAll("\n", ", "));
    }

    function open(from, until) {
        if (from === until) {
            location.assign(rows[from].querySelector("a").href);
            return;
        }
        const address = new URL(location.href);
        address.searchParams.set("after", rows[Math.min(from, until)].dataset.start);
        address.searchParams.set("before", rows[Math.max(from, until)].dataset.end);
        address.searchParams.delete("unit");
        address.searchParams.delete("month");
        location.assign(address);
    }

    function under(event) {
        const svg = event.target.closest?.("svg") ?? [...plot.querySelectorAll("svg")].find((one) => one.getClientRects().length);
        const drawn = [...svg.querySelectorAll(".reach")];
        return drawn.findIndex((reach) => {
            const box = reach.getBoundingClientRect();
            return event.clientX >= box.left && event.clientX < box.right;
        });
    }

    plot.addEventListener("pointermove", (event) => {
        const place = under(event);
        if (place < 0) return;
        if (pressed && Math.abs(event.clientX - pressed.x) > DRAG_PIXELS) anchor = pressed.at;
        read(place);
    });
    plot.addEventListener("pointerdown", (event) => {
        const place = under(event);
        if (event.button === 0 && place >= 0) pressed = { x: event.clientX, at: place };
    });
    window.addEventListener("pointerup", (event) => {
        if (!pressed) return;
        const from = pressed.at;
        const isDrag = Math.abs(event.clientX - pressed.x) > DRAG_PIXELS;
        pressed = null;
        if (isDrag && anchor !== null) open(from, at);
        else if (plot.contains(event.target)) open(from, from);
    });
    window.addEventListener("pointercancel", () => {
        pressed = anchor = null;
    });
    plot.addEventListener("pointerleave", () => {
        if (!pressed) {
            anchor = null;
            read(-1);
        }
    });
    plot.addEventListener("keydown", (event) => {
        const last = rows.length - 1;
        const from = at < 0 ? last : at;
        const target = { ArrowLeft: from - 1, ArrowRight: from + 1, PageUp: from - 10, PageDown: from + 10, Home: 0, End: last }[event.key];
        if (event.key === "Enter" && at >= 0) open(anchor ?? at, at);
        else if (event.key === "Escape") {
            anchor = null;
            read(-1);
        } else if (target !== undefined) {
            anchor = event.shiftKey ? (anchor ?? from) : null;
            read(Math.min(Math.max(at < 0 && event.key !== "Home" ? last : target, 0), last));
        } else return;
        event.preventDefault();
    });

    for (const item of figure.querySelectorAll(".legend li[data-series]")) {
        const entry = item.querySelector(".entry");
        const button = document.createElement("button");
        button.type = "button";
        button.className = "entry";
        button.setAttribute("aria-pressed", "true");
        button.append(...entry.childNodes);
        entry.replaceWith(button);
        button.addEventListener("click", () => {
            const isOff = button.getAttribute("aria-pressed") === "true";
            button.setAttribute("aria-pressed", String(!isOff));
            for (const drawn of plot.querySelectorAll(`g.series[data-series="${item.dataset.series}"]`)) drawn.classList.toggle("is-off", isOff);
        });
    }
}
