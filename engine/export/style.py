"""How the page of a document looks: on a screen, on a telephone, on A4."""

from __future__ import annotations

from typing import Final

STYLE: Final = """\
:root {
  --ink: #1a1a1a; --soft: #555; --line: #b5bcc4; --head: #edf1f5; --mark: #8a1c1c; --link: #0b4f8a;
}
* { box-sizing: border-box; }
html {
  color: var(--ink); background: #fff;
  font: 16px/1.5 "Noto Sans", "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
}
body { max-width: 84rem; margin: 0 auto; padding: 1.5rem; overflow-wrap: break-word; }
h1 { font-size: 1.5rem; line-height: 1.3; margin: 0 0 .5rem; max-width: 60rem; }
h2 {
  font-size: 1.25rem; margin: 2.5rem 0 .75rem; padding-bottom: .25rem;
  border-bottom: 2px solid var(--ink);
}
h3, caption { font-size: 1rem; font-weight: 700; text-align: left; }
h3 { margin: 1.25rem 0 .25rem; }
caption { padding: .75rem 0 .5rem; }
p { margin: .25rem 0; max-width: 60rem; }
ul { margin: .25rem 0; padding-left: 1.25rem; max-width: 60rem; }
a { color: var(--link); }
nav ul {
  list-style: none; padding: 0; margin: 1rem 0 0; max-width: none;
  display: flex; flex-wrap: wrap; gap: .25rem 1.25rem;
}
header .made { color: var(--soft); }
table { border-collapse: collapse; width: 100%; margin: 0 0 1rem; font-size: .9375rem; }
th, td {
  border: 1px solid var(--line); padding: .4rem .6rem; vertical-align: top; text-align: left;
  unicode-bidi: isolate;
}
thead th { background: var(--head); }
tbody th { font-weight: 400; }
td div + div, th div + div { margin-top: .3rem; }
code {
  font: .875em/1.4 "Noto Sans Mono", Consolas, "Liberation Mono", monospace;
  color: var(--soft); overflow-wrap: anywhere;
}
.cite, .operator { font-weight: 700; }
.quote { font-style: italic; }
.unread, .misprint, .fails, .warning, .not_encoded { color: var(--mark); }
.fails, .warning { font-weight: 700; }
.grade, .above, .no-cases, .cases { color: var(--soft); font-size: .875rem; }
.under-1 > th { padding-left: 1.4rem; }
.under-2 > th { padding-left: 2.2rem; }
.under-3 > th { padding-left: 3rem; }
.under-4 > th { padding-left: 3.8rem; }
.passage, .fact, .case, .number, .pair { table-layout: fixed; }
.passage thead th:nth-child(1) { width: 19%; }
.passage thead th:nth-child(2) { width: 29%; }
.passage thead th:nth-child(3) { width: 28%; }
.fact thead th:nth-child(4), .fact thead th:nth-child(5) { width: 14%; }
.fact thead th:nth-child(6) { width: 24%; }
.case thead th:nth-child(1) { width: 4%; }
.case thead th:nth-child(2) { width: 20%; }
.case thead th:nth-child(3), .case thead th:nth-child(6) { width: 8.5%; }
.pair thead th:nth-child(1) { width: 12rem; }
.plain, .grid { width: auto; min-width: 50%; }
.heard {
  position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
  white-space: nowrap;
}
tr:target { outline: 3px solid #b07c00; outline-offset: -3px; }
@media screen and (max-width: 46rem) {
  body { padding: 1rem; }
  .grid { display: block; overflow-x: auto; }
  .pair thead th:nth-child(1) { width: 7rem; }
  .stacked, .stacked :is(caption, tbody, tr, th, td) { display: block; }
  .stacked thead {
    position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
  }
  .stacked tr { border: 1px solid var(--line); margin-bottom: .75rem; }
  .stacked :is(th, td) { border: 0; padding: .35rem .6rem; }
  .stacked tbody th { background: var(--head); }
  .stacked td.empty { display: none; }
  .stacked td::before {
    content: attr(data-head); display: block; color: var(--soft); font-size: .8125rem;
  }
  .under-1 { margin-left: .75rem; }
  .under-2, .under-3, .under-4 { margin-left: 1.5rem; }
  .under-1 > th, .under-2 > th, .under-3 > th, .under-4 > th { padding-left: .6rem; }
}
@page { size: A4 landscape; margin: 14mm 12mm; @bottom-right { content: counter(page); } }
@media print {
  html { font-size: 11.5px; }
  body { max-width: none; padding: 0; }
  nav { display: none; }
  a { color: inherit; text-decoration: none; }
  thead { display: table-header-group; }
  tr, h1, h2, h3, caption, li { break-inside: avoid; }
  h2, h3, caption, section > p { break-after: avoid; }
  .case td:nth-child(4) div { display: inline; }
  .case td:nth-child(4) div:not(:last-child)::after { content: "; "; }
  h2 { margin-top: 1.5rem; }
  thead th { print-color-adjust: exact; }
}
"""
