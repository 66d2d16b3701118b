/* later-panels: what draws the tabs of an account, fetched beside the account and drawn when both are there. */

import { later } from "../ui/later.tsx";

export const LaterPanels = later(() => import("../panels/index.tsx"));
