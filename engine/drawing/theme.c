#include "drawing/theme.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define RGB(hex)                                                                                   \
    { (uint8_t)((hex) >> 16 & 0xFF), (uint8_t)((hex) >> 8 & 0xFF), (uint8_t)((hex)&0xFF) }

static const toc_theme themes[] = {
    {
        .name = "light",
        .window = RGB(0xCDD1D5),
        .panel = RGB(0xE4E7E9),
        .raised = RGB(0xF4F5F6),
        .border = RGB(0xB3BAC1),
        .grid = RGB(0xC8CDD2),
        .text = RGB(0x171B20),
        .text2 = RGB(0x414A53),
        .text3 = RGB(0x5A646E),
        .asset = RGB(0x58626C),
        .asset_fill = RGB(0xF4F5F6),
        .link = RGB(0x8C969F),
        .critical = RGB(0xC1121F),
        .critical_ink = RGB(0xFFFFFF),
        .high = RGB(0xE07A00),
        .medium = RGB(0xFFD84D),
        .low = RGB(0x5E6974),
        .badge_outline = RGB(0x111418),
        .compromised = RGB(0xA3169A),
        .strip = RGB(0x2B3138),
        .strip_ink = RGB(0xE6E9EC),
        .focus = RGB(0x005FB8),
        .selection = RGB(0x111418),
    },
    {
        .name = "dark",
        .window = RGB(0x15181C),
        .panel = RGB(0x1D2126),
        .raised = RGB(0x2B3138),
        .border = RGB(0x363D45),
        .grid = RGB(0x2A2F36),
        .text = RGB(0xE6E9EC),
        .text2 = RGB(0xA9B2BB),
        .text3 = RGB(0x8A949E),
        .asset = RGB(0x97A1AB),
        .asset_fill = RGB(0x2A3037),
        .link = RGB(0x515A64),
        .critical = RGB(0xF2363D),
        .critical_ink = RGB(0x111418),
        .high = RGB(0xFF9E1B),
        .medium = RGB(0xFFF08A),
        .low = RGB(0xB4C0CC),
        .badge_outline = RGB(0x111418),
        .compromised = RGB(0xE24BE0),
        .strip = RGB(0xCDD1D5),
        .strip_ink = RGB(0x171B20),
        .focus = RGB(0x35C9D6),
        .selection = RGB(0xFFFFFF),
    },
};

const toc_theme *toc_theme_light(void) {
    return &themes[0];
}

const toc_theme *toc_theme_dark(void) {
    return &themes[1];
}

const toc_theme *toc_theme_find(const char *name) {
    for (size_t i = 0; i < sizeof themes / sizeof themes[0]; i++) {
        if (strcmp(themes[i].name, name) == 0) {
            return &themes[i];
        }
    }
    return NULL;
}

void toc_theme_hex(toc_theme_colour colour, char *buffer) {
    (void)snprintf(buffer, 8, "#%02X%02X%02X", colour.red, colour.green, colour.blue);
}

static double linear(uint8_t channel) {
    double value = channel / 255.0;
    return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4);
}

static double luminance(toc_theme_colour colour) {
    return 0.2126 * linear(colour.red) + 0.7152 * linear(colour.green) +
           0.0722 * linear(colour.blue);
}

double toc_theme_contrast(toc_theme_colour one, toc_theme_colour other) {
    double a = luminance(one), b = luminance(other);
    return a > b ? (a + 0.05) / (b + 0.05) : (b + 0.05) / (a + 0.05);
}
