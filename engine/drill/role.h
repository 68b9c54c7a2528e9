/* Role: what seats of that name may do. */
#ifndef DRILL_ROLE_H
#define DRILL_ROLE_H

#include <stdint.h>

typedef enum toc_permission {
#define TOC_PERMISSION(id, name, allows) TOC_PERMISSION_##id,
#include "drill/permission.def"
#undef TOC_PERMISSION
    TOC_PERMISSIONS
} toc_permission;

/* Bit p for permission p; a role that is not in role.def has the general one alone. */
uint32_t toc_role_permissions(const char *role);
/* "contain". */
const char *toc_role_permission_name(toc_permission permission);
/* What it allows, for people: "to report to authorities". */
const char *toc_role_allows(toc_permission permission);

#endif
