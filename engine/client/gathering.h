/* Gathering: a paper put together again from the parts in which it comes. */
#ifndef CLIENT_GATHERING_H
#define CLIENT_GATHERING_H

#include "client/client.h"

typedef struct toc_gathering toc_gathering;

toc_gathering *toc_gathering_create(void);
void toc_gathering_destroy(toc_gathering *gathering);
/* A part at 0 begins a paper. False where the part does not follow the one before, or is no base64.
 */
bool toc_gathering_add(toc_gathering *gathering, const toc_wire_paper *part);
bool toc_gathering_is_whole(const toc_gathering *gathering);
/* Lives until the next part. */
toc_client_paper toc_gathering_paper(const toc_gathering *gathering);

#endif
