#include "papers/slip.h"

#include <glib.h>
#include <qrencode.h>
#include <string.h>

#include "drawing/svg.h"

enum { GROUP = 8 };

static const char style[] =
    "body{font:14px/1.45 Inter,'Noto Sans CJK SC','Microsoft YaHei',sans-serif;color:#111;margin:0}"
    ".slip{border:1px dashed #666;margin:8mm;padding:6mm;break-inside:avoid;display:grid;"
    "grid-template-columns:1fr 46mm;gap:4mm}"
    ".mark{grid-column:1/-1;text-align:center;font-weight:700;color:#a00;letter-spacing:.08em}"
    "h1{font-size:18px;margin:0}p{margin:.3em 0}dl{display:grid;grid-template-columns:max-content "
    "1fr;gap:2px 12px;margin:.5em 0}dt{color:#555}dd{margin:0;overflow-wrap:anywhere}"
    ".token{font:13px/1.6 'DejaVu Sans Mono',monospace}svg{width:46mm;height:46mm}"
    ".small{font-size:12px;color:#444}";

/* In English and Chinese. */
enum word { MARK, SEATS, WHERE, TOKEN, UNTIL, HOW, KEEP, WORDS };

static const char *const words[WORDS][2] = {
    [MARK] = {"EXERCISE · your way into the drill", "演练 · 入席凭条"},
    [SEATS] = {"Your seats", "您的席位"},
    [WHERE] = {"Where", "地址"},
    [TOKEN] = {"Token", "令牌"},
    [UNTIL] = {"Good until", "有效期至"},
    [HOW] =
        {"Scan the code, or open the address and type in the token. In a terminal: tocsin join.",
         "扫描二维码，或打开地址并输入令牌。在终端中：tocsin join。"},
    [KEEP] = {
        "Whoever holds this slip sits in your seat. If it is lost, tell exercise control: only "
        "they can make another, and this one ends.",
        "持此凭条者即可进入您的席位。如有遗失，请告知导调人员：只有导调人员可以重发，原令牌随即失效"
        "。"}};

static const char *word(const toc_slip_sheet *sheet, const toc_slip *slip, enum word which) {
    const char *language =
        slip->person->language[0] != '\0' ? slip->person->language : sheet->language;
    return words[which][strcmp(language, "zh") == 0];
}

static void escaped(toc_formats_buffer *buffer, const char *text) {
    char *valid = g_utf8_make_valid(text, -1);
    toc_svg_escaped(buffer, valid);
    g_free(valid);
}

/* A dark module is a square of the path; four light ones go around it, as the standard asks. */
static void put_code(toc_formats_buffer *buffer, const char *text) {
    QRcode *code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);
    if (code == NULL) {
        return; /* too long for any code: the address and the token stand beside it */
    }
    toc_svg_print(buffer,
                  "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"QR\"><path "
                  "fill=\"#fff\" d=\"M0 0h%dv%dH0z\"/><path d=\"",
                  code->width + 8, code->width + 8, code->width + 8, code->width + 8);
    for (int at = 0; at < code->width * code->width; at++) {
        if ((code->data[at] & 1) != 0) {
            toc_svg_print(buffer, "M%d %dh1v1h-1z", at % code->width + 4, at / code->width + 4);
        }
    }
    toc_svg_put(buffer, "\"/></svg>");
    QRcode_free(code);
}

static void put_datum(toc_formats_buffer *buffer, const char *name, const char *text) {
    toc_svg_put(buffer, "<dt>");
    escaped(buffer, name);
    toc_svg_put(buffer, "</dt><dd>");
    escaped(buffer, text);
    toc_svg_put(buffer, "</dd>");
}

static void put_seats(toc_formats_buffer *buffer, const char *name,
                      const toc_roster_person *person) {
    toc_svg_put(buffer, "<dt>");
    escaped(buffer, name);
    toc_svg_put(buffer, "</dt><dd>");
    for (size_t i = 0; i < person->desk_count; i++) {
        toc_svg_put(buffer, i == 0 ? "<b>" : "<br><b>");
        escaped(buffer, person->desks[i]);
        toc_svg_put(buffer, "</b>");
    }
    toc_svg_put(buffer, "</dd>");
}

static void put_token(toc_formats_buffer *buffer, const char *name, const char *token) {
    toc_svg_put(buffer, "<dt>");
    escaped(buffer, name);
    toc_svg_put(buffer, "</dt><dd class=\"token\">");
    for (size_t at = 0; token[at] != '\0'; at++) {
        char letter[2] = {token[at], '\0'};
        toc_svg_put(buffer, at > 0 && at % GROUP == 0 ? " " : "");
        escaped(buffer, letter);
    }
    toc_svg_put(buffer, "</dd>");
}

static void put_slip(const toc_slip_sheet *sheet, const toc_slip *slip,
                     toc_formats_buffer *buffer) {
    const toc_roster_person *person = slip->person;
    char *link = g_strdup_printf("%s#token=%s", sheet->address, slip->token);
    toc_svg_put(buffer, "<section class=\"slip\"><p class=\"mark\">");
    escaped(buffer, word(sheet, slip, MARK));
    if (sheet->classification[0] != '\0') {
        toc_svg_put(buffer, " · ");
        escaped(buffer, sheet->classification);
    }
    toc_svg_put(buffer, "</p><div><h1>");
    escaped(buffer, person->name);
    toc_svg_put(buffer, "</h1><p>");
    escaped(buffer, sheet->title);
    toc_svg_put(buffer, person->organisation[0] == '\0' ? "" : " · ");
    escaped(buffer, person->organisation);
    toc_svg_put(buffer, "</p><dl>");
    put_seats(buffer, word(sheet, slip, SEATS), person);
    put_datum(buffer, word(sheet, slip, WHERE), sheet->address);
    put_token(buffer, word(sheet, slip, TOKEN), slip->token);
    put_datum(buffer, word(sheet, slip, UNTIL), sheet->until);
    toc_svg_put(buffer, "</dl><p>");
    escaped(buffer, word(sheet, slip, HOW));
    toc_svg_put(buffer, "</p><p class=\"small\">");
    escaped(buffer, word(sheet, slip, KEEP));
    toc_svg_put(buffer, "</p></div>");
    put_code(buffer, link);
    toc_svg_put(buffer, "</section>\n");
    g_free(link);
}

void toc_slip_write(const toc_slip_sheet *sheet, toc_formats_buffer *buffer) {
    toc_svg_put(buffer, "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>");
    escaped(buffer, sheet->title);
    toc_svg_print(buffer,
                  "</title><link rel=\"icon\" href=\"data:,\"><style>%s</style></head>"
                  "<body>\n",
                  style);
    for (size_t i = 0; i < sheet->count; i++) {
        put_slip(sheet, &sheet->slips[i], buffer);
    }
    toc_svg_put(buffer, "</body></html>\n");
}
