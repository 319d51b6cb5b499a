// The door answers it before Next does, since it is asked for most.
export { getHistory as GET } from "@/server/http/history.ts";
