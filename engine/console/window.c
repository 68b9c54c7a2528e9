#include "console/window.h"

#include <SDL.h>
#include <glib.h>
#include <stdio.h>
#include <string.h>

#include "console/brush.h"

enum { LEAST_WIDE = 640, LEAST_HIGH = 360, PARTS = 64 };

struct toc_window {
    SDL_Window *window;
    cairo_surface_t *image; /* on the pixels of the window's surface */
    SDL_Surface *surface;
    int width, height;
    bool is_closed, is_soiled;
    bool swallows;       /* the letter of the key that was pressed last: it did something else */
    toc_bureau *clipped; /* whose clipboard this is */
};

/* Where there is no display the library falls back on one that nobody sees; that is right only
   where it was asked for. */
static bool has_display(void) {
    const char *driver = SDL_GetCurrentVideoDriver();
    bool is_blind =
        driver != NULL && (strcmp(driver, "offscreen") == 0 || strcmp(driver, "dummy") == 0 ||
                           strcmp(driver, "evdev") == 0);
    return !is_blind || g_getenv("SDL_VIDEODRIVER") != NULL;
}

toc_window *toc_window_open(const char *title, int width, int height, char *why, size_t size) {
    (void)SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0"); /* faster where there is no GPU */
    (void)SDL_SetHint(SDL_HINT_VIDEO_ALLOW_SCREENSAVER, "1");
    (void)SDL_SetHint(SDL_HINT_IME_SHOW_UI, "1");
    bool is_begun = SDL_Init(SDL_INIT_VIDEO) == 0;
    if (!is_begun || !has_display()) {
        (void)g_snprintf(
            why, (gulong)size,
            "there is no display to open a window on (%s); over ssh use 'tocsin join', "
            "or set DISPLAY",
            is_begun ? SDL_GetCurrentVideoDriver() : SDL_GetError());
        SDL_Quit();
        return NULL;
    }
    toc_window *window = g_new0(toc_window, 1);
    window->window = SDL_CreateWindow(title, SDL_WINDOWPOS_CENTERED, SDL_WINDOWPOS_CENTERED, width,
                                      height, SDL_WINDOW_RESIZABLE);
    if (window->window == NULL) {
        (void)g_snprintf(why, (gulong)size, "the window cannot be opened: %s", SDL_GetError());
        SDL_Quit();
        g_free(window);
        return NULL;
    }
    SDL_SetWindowMinimumSize(window->window, LEAST_WIDE, LEAST_HIGH);
    SDL_StartTextInput();
    return window;
}

void toc_window_close(toc_window *window) {
    if (window != NULL) {
        if (window->image != NULL) {
            cairo_surface_destroy(window->image);
        }
        SDL_DestroyWindow(window->window);
        SDL_Quit();
        g_free(window);
    }
}

/* -- Painting -----------------------------------------------------------------------------------
 */

/* The surface may be another one after each change of size. True where it is. */
static bool take_surface(toc_window *window) {
    SDL_Surface *surface = SDL_GetWindowSurface(window->window);
    if (surface == NULL || surface->format->BytesPerPixel != 4) {
        return false;
    }
    bool is_same = surface == window->surface && surface->w == window->width &&
                   surface->h == window->height && window->image != NULL;
    if (!is_same) {
        if (window->image != NULL) {
            cairo_surface_destroy(window->image);
        }
        window->surface = surface;
        window->width = surface->w;
        window->height = surface->h;
        window->image = cairo_image_surface_create_for_data(surface->pixels, CAIRO_FORMAT_RGB24,
                                                            surface->w, surface->h, surface->pitch);
        window->is_soiled = true;
    }
    return true;
}

static void present(toc_window *window, const toc_rect *rects, uint32_t count) {
    SDL_Rect parts[PARTS];
    if (count > PARTS) {
        (void)SDL_UpdateWindowSurface(window->window);
        return;
    }
    for (uint32_t i = 0; i < count; i++) {
        parts[i] = (SDL_Rect){rects[i].x, rects[i].y, rects[i].w, rects[i].h};
    }
    if (count > 0) {
        (void)SDL_UpdateWindowSurfaceRects(window->window, parts, (int)count);
    }
}

void toc_window_show(toc_window *window, toc_bureau *bureau) {
    uint32_t count = 0;
    if (!take_surface(window)) {
        return;
    }
    toc_bureau_compose(bureau, window->width, window->height);
    if (!toc_screen_is_settled(toc_bureau_screen(bureau))) {
        toc_bureau_compose(bureau, window->width, window->height);
    }
    const toc_rect *rects =
        toc_brush_paint(toc_bureau_screen(bureau), window->image, window->is_soiled, &count);
    window->is_soiled = false;
    present(window, rects, count);
}

bool toc_window_shoot(toc_window *window, const char *path) {
    return window->image != NULL &&
           cairo_surface_write_to_png(window->image, path) == CAIRO_STATUS_SUCCESS;
}

void toc_window_size(const toc_window *window, int *out_width, int *out_height) {
    SDL_GetWindowSize(window->window, out_width, out_height);
}

void toc_window_resize(toc_window *window, int width, int height) {
    SDL_SetWindowSize(window->window, width, height);
}

/* -- What the user does -------------------------------------------------------------------------
 */

static char *paste(void *object) {
    (void)object;
    char *text = SDL_GetClipboardText();
    char *copied = g_strdup(text == NULL ? "" : text);
    SDL_free(text);
    return copied;
}

static void copy(void *object, const char *text) {
    (void)object;
    (void)SDL_SetClipboardText(text);
}

/* "Ctrl+Shift+Left"; "" of a key that is none of ours. */
static void name_key(const SDL_Keysym *key, char *out, size_t size) {
    static const struct {
        SDL_Keycode code;
        const char *name;
    } names[] = {{SDLK_RETURN, "Return"},     {SDLK_KP_ENTER, "Return"},
                 {SDLK_ESCAPE, "Escape"},     {SDLK_BACKSPACE, "Backspace"},
                 {SDLK_DELETE, "Delete"},     {SDLK_TAB, "Tab"},
                 {SDLK_SPACE, "Space"},       {SDLK_UP, "Up"},
                 {SDLK_DOWN, "Down"},         {SDLK_LEFT, "Left"},
                 {SDLK_RIGHT, "Right"},       {SDLK_HOME, "Home"},
                 {SDLK_END, "End"},           {SDLK_PAGEUP, "PageUp"},
                 {SDLK_PAGEDOWN, "PageDown"}, {SDLK_KP_PLUS, "+"},
                 {SDLK_KP_MINUS, "-"}};
    const char *name = NULL;
    char letter[2] = "", function[8];
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        name = names[i].code == key->sym ? names[i].name : name;
    }
    if (name == NULL && key->sym >= SDLK_F1 && key->sym <= SDLK_F12) {
        (void)g_snprintf(function, sizeof function, "F%d", (int)(key->sym - SDLK_F1 + 1));
        name = function;
    } else if (name == NULL && key->sym > ' ' && key->sym < 127) {
        bool is_plus = key->sym == '=' && (key->mod & (KMOD_SHIFT | KMOD_CTRL)) != 0;
        letter[0] = is_plus ? '+' : (char)g_ascii_toupper((gchar)key->sym);
        name = letter;
    }
    bool has_ctrl = (key->mod & KMOD_CTRL) != 0;
    bool has_shift = (key->mod & KMOD_SHIFT) != 0 && (name == NULL || strlen(name) > 1 || has_ctrl);
    has_shift = has_shift && strcmp(name == NULL ? "" : name, "+") != 0;
    (void)g_snprintf(out, (gulong)size, "%s%s%s",
                     name == NULL ? ""
                     : has_ctrl   ? "Ctrl+"
                                  : "",
                     name != NULL && has_shift ? "Shift+" : "", name == NULL ? "" : name);
}

static void on_window(toc_window *window, const SDL_WindowEvent *event) {
    if (event->event == SDL_WINDOWEVENT_EXPOSED || event->event == SDL_WINDOWEVENT_SIZE_CHANGED) {
        window->is_soiled = true;
    }
}

static void on_event(toc_window *window, toc_bureau *bureau, const SDL_Event *event) {
    char key[48];
    switch (event->type) {
    case SDL_QUIT:
        window->is_closed = true;
        break;
    case SDL_WINDOWEVENT:
        on_window(window, &event->window);
        break;
    case SDL_KEYDOWN:
        name_key(&event->key.keysym, key, sizeof key);
        if (key[0] != '\0') {
            window->swallows = toc_bureau_key(bureau, key);
        }
        break;
    case SDL_TEXTINPUT:
        if (!window->swallows) { /* else it was a shortcut, which may have opened a field */
            toc_bureau_text(bureau, event->text.text);
        }
        window->swallows = false;
        break;
    case SDL_TEXTEDITING:
        toc_bureau_preedit(bureau, event->edit.text);
        break;
    case SDL_MOUSEBUTTONDOWN:
        toc_bureau_press(bureau, event->button.x, event->button.y);
        break;
    case SDL_MOUSEBUTTONUP:
        toc_bureau_release(bureau, event->button.x, event->button.y);
        break;
    case SDL_MOUSEMOTION:
        if (event->motion.state != 0) {
            toc_bureau_drag(bureau, event->motion.x, event->motion.y);
        }
        break;
    case SDL_MOUSEWHEEL: {
        int x = 0, y = 0;
        (void)SDL_GetMouseState(&x, &y);
        toc_bureau_wheel(bureau, x, y, event->wheel.y);
        break;
    }
    default:
        break;
    }
}

/* Where letters are typed, so that an input method shows its words there. */
static void place_input(toc_bureau *bureau) {
    toc_screen *screen = toc_bureau_screen(bureau);
    const toc_element *focus = toc_screen_find(screen, toc_screen_focus(screen));
    if (focus != NULL && focus->trait == TOC_TRAIT_FIELD) {
        SDL_Rect rect = {focus->rect.x, focus->rect.y, focus->rect.w, focus->rect.h};
        SDL_SetTextInputRect(&rect);
    }
}

bool toc_window_pump(toc_window *window, toc_bureau *bureau) {
    SDL_Event event;
    if (window->clipped != bureau) {
        window->clipped = bureau;
        toc_screen_set_clipboard(toc_bureau_screen(bureau),
                                 (toc_screen_clipboard){.paste = paste, .copy = copy});
    }
    while (SDL_PollEvent(&event) != 0) {
        on_event(window, bureau, &event);
        if (toc_bureau_is_stale(bureau) && event.type != SDL_MOUSEMOTION &&
            window->image != NULL) { /* what comes next is meant for what is then seen */
            toc_window_show(window, bureau);
        }
    }
    if (toc_bureau_is_stale(bureau) || window->is_soiled || window->image == NULL) {
        toc_window_show(window, bureau);
        place_input(bureau);
    }
    return !window->is_closed && !toc_bureau_has_left(bureau);
}
