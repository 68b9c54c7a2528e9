/* Resolve detection: sensors find the assets that they cover, analysts their operators. */
#ifndef MODEL_RESOLVE_DETECTION_H
#define MODEL_RESOLVE_DETECTION_H

#include "model/draft.h"

/* Wants zones and assets resolved. */
void toc_resolve_detection_all(toc_builder *builder);
void toc_resolve_detection_discard(toc_builder *builder);

#endif
