#include "drill/role.h"

#include <string.h>

#include "kernel/assert.h"

enum permission_bit {
#define TOC_PERMISSION(id, name, allows) id = 1 << TOC_PERMISSION_##id,
#include "drill/permission.def"
#undef TOC_PERMISSION
};

struct role {
    const char *name;
    uint32_t permissions;
};

static const struct role roles[] = {
#define TOC_ROLE(name, permissions) {name, (uint32_t)GENERAL | (uint32_t)(permissions)},
#include "drill/role.def"
#undef TOC_ROLE
};

static const char *const allowed[] = {
#define TOC_PERMISSION(id, name, allows) allows,
#include "drill/permission.def"
#undef TOC_PERMISSION
};

static const char *const names[] = {
#define TOC_PERMISSION(id, name, allows) name,
#include "drill/permission.def"
#undef TOC_PERMISSION
};

const char *toc_role_permission_name(toc_permission permission) {
    TOC_ASSERT(permission < TOC_PERMISSIONS);
    return names[permission];
}

uint32_t toc_role_permissions(const char *role) {
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++) {
        if (strcmp(roles[i].name, role) == 0) {
            return roles[i].permissions;
        }
    }
    return GENERAL;
}

const char *toc_role_allows(toc_permission permission) {
    TOC_ASSERT(permission < TOC_PERMISSIONS);
    return allowed[permission];
}
