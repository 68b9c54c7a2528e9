/* Style sheet of the report: quiet grey, colour for the abnormal only, and never colour alone. */
#ifndef EVALUATION_REPORT_STYLE_H
#define EVALUATION_REPORT_STYLE_H

static const char report_style[] =
    ":root{--page:#f4f5f6;--panel:#fff;--line:#c8cdd2;--text:#171b20;--text2:#414a53;"
    "--text3:#5a646e;--bad:#c1121f;--badbg:#fbeaec;--mark:#e4e7e9}"
    "@media(prefers-color-scheme:dark){:root{--page:#15181c;--panel:#1d2126;--line:#363d45;"
    "--text:#e6e9ec;--text2:#a9b2bb;--text3:#8a949e;--bad:#ff6b70;--badbg:#33191c;--mark:#2b3138}"
    "figure svg{background:#fff;border-radius:4px}}"
    "*{box-sizing:border-box}body{margin:0;background:var(--page);color:var(--text);"
    "font:15px/1.5 Inter,system-ui,'Noto Sans CJK SC',sans-serif;font-feature-settings:'tnum'}"
    ".strip{background:var(--text);color:var(--page);text-align:center;font-size:12px;"
    "letter-spacing:.08em;padding:4px}"
    "main{max-width:1080px;margin:0 auto;padding:24px 20px 80px}"
    "h1{font-size:30px;line-height:1.2;margin:12px 0 4px}h2{font-size:19px;margin:40px 0 10px}"
    "h3{font-size:15px;margin:20px 0 6px}p{margin:6px 0;max-width:75ch}"
    ".sub,.note{color:var(--text3)}.note{font-size:13px}"
    "section,.cards>div{background:var(--panel);border:1px solid var(--line);border-radius:6px;"
    "padding:14px 18px}"
    ".cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(170px,1fr));gap:12px;"
    "margin:18px 0}.cards b{display:block;font-size:24px;font-weight:600;line-height:1.25}"
    ".cards span{color:var(--text3);font-size:13px}"
    "table{border-collapse:collapse;width:100%;font-size:14px}"
    "th{text-align:left;color:var(--text3);font-weight:500;font-size:12.5px}"
    "th,td{padding:5px 10px 5px 0;border-bottom:1px solid var(--line);vertical-align:top}"
    "tr:last-child>td{border-bottom:0}.n{text-align:right;white-space:nowrap}"
    ".e{color:var(--text3);font-size:12px;text-decoration:none;border:1px solid var(--line);"
    "border-radius:3px;padding:0 4px;white-space:nowrap}.e:hover,.e:focus{color:var(--text)}"
    ".yes,.no,.open{white-space:nowrap}.no{color:var(--bad);font-weight:600}"
    ".yes:before{content:'\\2713\\00a0'}.no:before{content:'\\25a0\\00a0'}"
    ".open:before{content:'\\25cb\\00a0'}.open{color:var(--text3)}"
    "figure{margin:8px 0 16px;overflow-x:auto}figure svg{max-width:100%;height:auto;"
    "display:block}figcaption{color:var(--text3);font-size:13px}"
    "details>summary{cursor:pointer;color:var(--text2)}tr:target>td{background:var(--mark)}"
    ".k{color:var(--text3)}code{font:13px/1.4 'JetBrains Mono',ui-monospace,monospace;"
    "word-break:break-all}"
    "@media print{body{background:#fff}section{break-inside:avoid}details{display:none}}";

#endif
